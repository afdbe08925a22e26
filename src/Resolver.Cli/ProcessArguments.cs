using Resolver.Archives.Files;

namespace Resolver.Cli;

/// <summary>The arguments of this process as they were given.</summary>
internal static class ProcessArguments
{
    /// <summary>The arguments, with those that are not UTF-8 as <see cref="PathBytes"/> writes them: the runtime
    /// decodes them as if some of their bytes were lost.</summary>
    /// <param name="decoded">As the runtime gave them.</param>
    public static string[] Exact(string[] decoded)
    {
        if (!OperatingSystem.IsLinux() || !decoded.Any(each => each.Contains('\uFFFD', StringComparison.Ordinal)))
            return decoded;
        try
        {
            return Exact(decoded, File.ReadAllBytes("/proc/self/cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return decoded; // without /proc the name is lost
        }
    }

    /// <param name="decoded">As the runtime gave them.</param>
    /// <param name="line">The command line as the kernel has it: each argument ended by a null byte, what runs the
    /// program first.</param>
    internal static string[] Exact(string[] decoded, ReadOnlySpan<byte> line)
    {
        var exact = new List<string>();
        while (line.IndexOf((byte)0) is >= 0 and var end)
        {
            exact.Add(PathBytes.Text(line[..end]));
            line = line[(end + 1)..];
        }
        return exact.Count < decoded.Length ? decoded : [.. exact.Skip(exact.Count - decoded.Length)];
    }
}
