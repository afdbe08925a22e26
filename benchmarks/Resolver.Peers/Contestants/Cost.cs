using System.Globalization;

namespace Resolver.Peers.Contestants;

/// <summary>What a whole process cost, from start to exit.</summary>
/// <param name="ProcessorMilliseconds">Of all its threads, user and system: on a busy machine this means something
/// where the clock does not.</param>
/// <param name="PeakBytes">The most memory that was resident.</param>
internal sealed record Cost(int ExitCode, double Milliseconds, double ProcessorMilliseconds, long PeakBytes)
{
    // The kernel tells what a child cost to whom waits for it, and .NET does not pass that on.
    private const string Waiter = """
        import os, sys, time
        null = os.open(os.devnull, os.O_RDWR)
        start = time.perf_counter()
        child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1)])
        _, status, usage = os.wait4(child, 0)
        print(os.waitstatus_to_exitcode(status), 1000 * (time.perf_counter() - start), 1000 * (usage.ru_utime + usage.ru_stime), 1024 * usage.ru_maxrss)
        """;

    /// <summary>Runs a program whose output does not matter; null where it is not there or takes longer than the
    /// limit.</summary>
    public static Cost? Of(TimeSpan limit, string program, params IReadOnlyList<string> arguments)
    {
        if (Command.Run(limit, PythonPeer.Python, ["-c", Waiter, program, .. arguments]) is not { ExitCode: 0 } run)
            return null;
        var numbers = run.Output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Cost((int)numbers[0], numbers[1], numbers[2], (long)numbers[3]);
    }
}
