namespace Resolver.Fuzzing;

/// <summary>Folders in memory where there is such a file system: a reader of files gets thousands a second.</summary>
internal static class WorkFolder
{
    public static string Make(string name)
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Path.Combine(root, $"resolver-fuzzing-{Environment.ProcessId}", name);
        Directory.CreateDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
        return folder;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
