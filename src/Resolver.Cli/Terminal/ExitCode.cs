namespace Resolver.Cli.Terminal;

/// <summary>What the process says to whoever started it. A promise to scripts: never renumbered.</summary>
internal static class ExitCode
{
    /// <summary>Done; a plan exists.</summary>
    public const int Done = 0;

    /// <summary>No consistent set exists; the explanation is the output.</summary>
    public const int Impossible = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>An input cannot be read or trusted.</summary>
    public const int BadInput = 3;

    /// <summary>An install step failed.</summary>
    public const int StepFailed = 4;

    /// <summary>A fault of the program itself.</summary>
    public const int Fault = 5;

    /// <summary>Gave up within a limit the user set: neither an answer nor 'impossible'.</summary>
    public const int GaveUp = 6;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
