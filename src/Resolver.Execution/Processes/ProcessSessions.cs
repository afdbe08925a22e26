using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Resolver.Execution.Processes;

/// <summary>Starts programs in sessions of their own (<c>setsid</c>), and ends what they leave behind: what is in
/// such a session or carries the variable that each program gets, and, where this process adopts them
/// (<see cref="DisownedProcesses"/>), those that have given up both. Safe for several threads.</summary>
internal static class ProcessSessions
{
    private const string SetSid = "/usr/bin/setsid";
    private const string Mark = "RESOLVER_PROCESS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, byte[]> Running = [];
    private static long? adoptsSince;

    /// <inheritdoc cref="DisownedProcesses.Adopt"/>
    public static void Adopt()
    {
        lock (Gate)
        {
            var now = ProcessStatus.Now();
            if (OperatingSystem.IsLinux() && Control(SetChildSubreaper, 1, 0, 0, 0) == 0)
                adoptsSince ??= now;
        }
    }

    /// <summary>Starts a program with pipes for its standard streams.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It does not start.</exception>
    public static Process Start(
        string executable,
        IReadOnlyList<string> arguments,
        ChildEnvironment environment,
        string folder
    )
    {
        var found = OperatingSystem.IsLinux() && File.Exists(SetSid) ? Find(executable) : null;
        var start = new ProcessStartInfo(found is null ? executable : SetSid)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // setsid becomes the program: it starts another process only where it leads a process group, which a child of
        // this process does not.
        if (found is not null)
            start.ArgumentList.Add(found);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment.All())
            start.Environment[name] = value;
        // Whoever looks for orphans must not meet a child that is not known yet.
        lock (Gate)
        {
            start.Environment[Mark] = Guid.NewGuid().ToString("N");
            var process = Process.Start(start)!;
            Running[process.Id] = Encoding.UTF8.GetBytes($"{Mark}={start.Environment[Mark]}\0");
            return process;
        }
    }

    /// <summary>Ends everything that a program which has ended left behind.</summary>
    /// <returns>What it was: the program's name and its number.</returns>
    public static IReadOnlyList<string> End(Process ended)
    {
        var left = new SortedDictionary<int, string>();
        try
        {
            if (!OperatingSystem.IsLinux())
                return [];
            var watch = Stopwatch.StartNew();
            do
            {
                var found = Find(ended.Id);
                if (found.Count == 0)
                    break;
                foreach (var (id, name) in found)
                {
                    left[id] = name;
                    _ = Kill(id, SignalKill);
                    _ = WaitFor(id, 0, WithoutHang);
                }
                Thread.Sleep(5);
            } while (watch.Elapsed < Patience);
        }
        finally
        {
            lock (Gate)
                Running.Remove(ended.Id);
        }
        return [.. left.Select(each => $"{TerminalText.OneLine(each.Value)} (process {each.Key})")];
    }

    private static Dictionary<int, string> Find(int leader)
    {
        var found = new Dictionary<int, string>();
        lock (Gate)
        {
            var others = Running.Where(each => each.Key != leader).ToDictionary();
            var own = ProcessStatus.Of(Environment.ProcessId)?.Session;
            foreach (var status in ProcessStatus.All())
            {
                if (status.Id == leader || status.Id == Environment.ProcessId || others.ContainsKey(status.Id))
                    continue;
                var isAdopted =
                    status.Started >= adoptsSince && status.Parent == Environment.ProcessId && status.Session != own;
                if (status.IsDead && isAdopted)
                    _ = WaitFor(status.Id, 0, WithoutHang);
                if (
                    !status.IsDead
                    && (
                        status.Session == leader
                        || OrphanProcesses.Carries(status.Id, Running[leader])
                        // With others running, it may be a helper of one of them: the last one finds it.
                        || (isAdopted && others.Count == 0)
                    )
                )
                    found[status.Id] = status.Name;
            }
        }
        return found;
    }

    // As the system looks a program up, so that a missing one is reported as it is without setsid.
    private static string? Find(string executable)
    {
        if (executable.Contains('/', StringComparison.Ordinal))
            return IsProgram(executable) ? Path.GetFullPath(executable) : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, executable)))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) =>
        !OperatingSystem.IsWindows()
        && File.Exists(path)
        && (
            File.GetUnixFileMode(path)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)
        ) != 0;

    private const int SetChildSubreaper = 36;
    private const int SignalKill = 9;
    private const int WithoutHang = 1;

#pragma warning disable SYSLIB1054 // numbers in, a number out: nothing is marshalled, and generated code would need unsafe blocks
    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "waitpid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitFor(int process, nint status, int options);
#pragma warning restore SYSLIB1054
}
