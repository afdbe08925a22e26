using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Resolver.Execution.Processes;

/// <summary>Processes of a run whose own process has died: pip and what it started continue without it, and write into
/// a destination that no one watches any more.</summary>
internal static class OrphanProcesses
{
    /// <summary>The variable that every child of a run carries; its value is the run's folder.</summary>
    public const string Variable = "RESOLVER_RUN";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Someone else's program may show no variables for good.
    private const int MostDoubts = 20;

    /// <summary>Kills every process that carries the run's mark and waits until they are gone. Only on Linux can they
    /// be found.</summary>
    public static void End(string runFolder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var mark = Encoding.UTF8.GetBytes($"{Variable}={runFolder}\0");
        var watch = Stopwatch.StartNew();
        // A process may have started another between the look and the kill: until a look finds none.
        for (var doubts = 0; watch.Elapsed < Patience;)
        {
            var (marked, isUnclear) = Look(mark);
            if (marked.Count == 0 && (!isUnclear || ++doubts > MostDoubts))
                return;
            foreach (var id in marked)
                Kill(id);
            Thread.Sleep(5);
        }
    }

    /// <summary>The processes that carry the mark, and whether there is one that shows no variables at all: for a
    /// moment that is so of each that is becoming another program.</summary>
    private static (List<int> Marked, bool IsUnclear) Look(byte[] mark)
    {
        var found = new List<int>();
        var isUnclear = false;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                !int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || id == Environment.ProcessId
            )
                continue;
            try
            {
                var variables = File.ReadAllBytes(Path.Combine(folder, "environ"));
                if (Contains(variables, mark))
                    found.Add(id);
                if (variables.Length == 0 && IsProgram(folder))
                    isUnclear = true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is gone, or another user's.
            }
        }
        return (found, isUnclear);
    }

    // Neither a thread of the kernel nor what is left of a process that has ended: these have no program.
    private static bool IsProgram(string folder) =>
        File.ResolveLinkTarget(Path.Combine(folder, "exe"), returnFinalTarget: false) is not null;

    /// <summary>Whether a process has a variable of this name and value; false where that cannot be seen.</summary>
    /// <param name="mark">NAME=VALUE and a NUL.</param>
    public static bool Carries(int id, byte[] mark)
    {
        try
        {
            return Contains(File.ReadAllBytes($"/proc/{id}/environ"), mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // At the beginning, or after the end of another variable.
    private static bool Contains(ReadOnlySpan<byte> variables, ReadOnlySpan<byte> mark)
    {
        for (var at = 0; variables[at..].IndexOf(mark) is var next and >= 0; at += next + 1)
        {
            if (at + next == 0 || variables[at + next - 1] == 0)
                return true;
        }
        return false;
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }
}
