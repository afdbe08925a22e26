using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests;

/// <summary>One run of the program without a process: what it wrote, and how it ended.</summary>
internal sealed record Invocation(int ExitCode, string Output, string Error)
{
    /// <summary>Without a terminal, unless an environment says otherwise.</summary>
    public static Invocation Of(ConsoleEnvironment environment, params IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(arguments, output, error, environment);
        return new Invocation(code, output.ToString(), error.ToString());
    }

    /// <summary>Without a terminal.</summary>
    public static Invocation Of(params IReadOnlyList<string> arguments) =>
        Of(new ConsoleEnvironment { Interruption = TestContext.Current.CancellationToken }, arguments);
}
