namespace Resolver.Execution.Tests;

/// <summary>Whether a process has ended.</summary>
internal static class Gone
{
    /// <summary>Whether it ends within two seconds; who waits for it does not matter.</summary>
    public static bool IsGone(string pid)
    {
        var stat = $"/proc/{pid}/stat";
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (!File.Exists(stat))
                return true;
            try
            {
                if (File.ReadAllText(stat).Split(") ")[^1][0] == 'Z')
                    return true;
            }
            catch (IOException)
            {
                return true;
            }
            Thread.Sleep(10);
        }
        return false;
    }
}
