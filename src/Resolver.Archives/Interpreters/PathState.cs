using System.Globalization;

namespace Resolver.Archives.Interpreters;

/// <summary>What tells whether the file or folder behind a path is still the one it was: its kind, its length, when it was made and last changed; or that there is none.</summary>
internal static class PathState
{
    private const string Absent = "-";

    // Kernels stamp files with the time of their last tick, some file systems with whole or even seconds.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CoarseTick = TimeSpan.FromSeconds(2) + Tick;

    /// <summary>The state as text, links followed.</summary>
    public static string Of(string path) => Read(path)?.Text ?? Absent;

    /// <summary>The state as text; null where a change after a point in time need not show in it: the file is as young as the steps in which its file system counts.</summary>
    public static string? Settled(string path, DateTime now)
    {
        if (Read(path) is not var (text, changed)) return Absent;
        return changed + (changed.Ticks % TimeSpan.TicksPerSecond == 0 ? CoarseTick : Tick) < now ? text : null;
    }

    private static (string Text, DateTime Changed)? Read(string path)
    {
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (!info.Exists) info = new DirectoryInfo(path);
            var link = info.LinkTarget;
            if (link is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target) info = target;
            if (!info.Exists) return link is null ? null : ($"> {link}", DateTime.MinValue);
            var length = info is FileInfo file ? file.Length : -1;
            return (string.Create(CultureInfo.InvariantCulture, $"{length} {info.LastWriteTimeUtc.Ticks} {info.CreationTimeUtc.Ticks}{(link is null ? "" : $" > {link}")}"), info.LastWriteTimeUtc);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ("unreadable", DateTime.MinValue);
        }
    }
}
