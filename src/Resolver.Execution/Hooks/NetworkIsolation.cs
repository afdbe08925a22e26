using Resolver.Execution.Backends;
using Resolver.Execution.Processes;
using Resolver.Interpreters;

namespace Resolver.Execution.Hooks;

/// <summary>Takes the network away from programs, where the system lets us: Linux, with network namespaces for
/// everyone or for us.</summary>
/// <param name="python">Runs the script that does it.</param>
/// <param name="script">The script's path; null where it is not possible.</param>
/// <param name="reason">Why not; null where it is possible.</param>
internal sealed class NetworkIsolation(string python, string? script, string? reason)
{
    /// <summary>Why programs keep the network, or null where they do not.</summary>
    public string? Reason { get; } = reason;

    /// <summary>Tries it.</summary>
    public static async Task<NetworkIsolation> DetectAsync(
        Interpreter interpreter,
        string folder,
        ChildEnvironment environment,
        CancellationToken cancellation
    )
    {
        if (!OperatingSystem.IsLinux())
            return new NetworkIsolation(interpreter.Executable, null, "this system has no network namespaces");
        var script = HookScripts.Write(folder, "isolate.py");
        using var output = new StringWriter();
        var ending = await ChildProcess.RunAsync(
            interpreter.Executable,
            ["-I", "-S", script, "--check"],
            environment,
            output,
            TimeSpan.FromSeconds(30),
            cancellation
        );
        if (ending is { Fault: null, ExitCode: 0 })
            return new NetworkIsolation(interpreter.Executable, script, null);
        var said = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return new NetworkIsolation(
            interpreter.Executable,
            null,
            TerminalText.OneLine(ending.Fault ?? said ?? "the system refuses without a word")
        );
    }

    /// <summary>The command that runs another one without network; the other one itself where that is not
    /// possible.</summary>
    public (string Executable, IReadOnlyList<string> Arguments) Wrap(
        string executable,
        IReadOnlyList<string> arguments
    ) => script is null ? (executable, arguments) : (python, ["-I", "-S", script, executable, .. arguments]);
}
