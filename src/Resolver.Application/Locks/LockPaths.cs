using Resolver.Application.Inputs;
using Resolver.Archives.Files;

namespace Resolver.Application.Locks;

/// <summary>Paths in a lock file are relative to its folder (PEP 751), those of a plan to the working
/// directory.</summary>
public static class LockPaths
{
    /// <summary>From a path of a plan to the one that the lock says, with <c>/</c>.</summary>
    /// <param name="file">Where the lock is written; null: to standard output, as if it lay in the working
    /// directory.</param>
    public static Func<string, string> Writer(string? file)
    {
        var folder = FolderOf(file ?? "pylock.toml");
        return path => WithSlashes(Path.GetRelativePath(folder, Path.GetFullPath(path)));
    }

    /// <summary>From a path in the lock to one of this process.</summary>
    /// <param name="file">The lock.</param>
    public static Func<string, string> Reader(string file)
    {
        var folder = FolderRead(file);
        return path => Path.IsPathRooted(path) ? path : WithSlashes(Simplified(Path.Combine(folder, path)));
    }

    /// <summary>The folder that paths in a lock are relative to, as its name says it; empty for the working directory,
    /// which stands for that of a lock that comes through a pipe.</summary>
    /// <param name="file">The lock, as given.</param>
    internal static string FolderRead(string file) =>
        file == InputFile.StandardInput || DiskFile.IsHandedOver(file) ? "" : Path.GetDirectoryName(file) ?? "";

    // Elsewhere than on Windows a backslash is part of a name.
    private static string WithSlashes(string path) => OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file))!;

    // 'locks/../archive/a.whl' is the same file as 'archive/a.whl', and people read it.
    private static string Simplified(string path) =>
        Path.IsPathRooted(path)
            ? Path.GetFullPath(path)
            : Path.GetRelativePath(Environment.CurrentDirectory, Path.GetFullPath(path));
}
