using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>The python3 of this machine, for tests that cannot do without; they are skipped, with a reason, where
/// there is none.</summary>
internal static class Python
{
    private static readonly Lazy<bool> Present = new(() => Answers("--version"));
    private static readonly Lazy<bool> PipPresent = new(() => Answers("-m", "pip", "--version"));

    public static void RequirePython3() => Assert.SkipUnless(Present.Value, "python3 is not on PATH");

    public static void RequirePip() =>
        Assert.SkipUnless(Present.Value && PipPresent.Value, "python3 with pip is not on PATH");

    /// <summary>Runs python3 and gives its standard output; a failure is the test's failure, with its standard
    /// error.</summary>
    public static Task<string> RunAsync(
        IReadOnlyList<string> arguments,
        params (string Name, string? Value)[] environment
    ) => RunAsync("python3", arguments, environment);

    /// <summary>The same with another Python.</summary>
    public static async Task<string> RunAsync(
        string executable,
        IReadOnlyList<string> arguments,
        params (string Name, string? Value)[] environment
    )
    {
        var result = await Cli.Wrap(executable)
            .WithArguments(arguments)
            .WithEnvironmentVariables(environment.ToDictionary(e => e.Name, e => e.Value))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result.StandardOutput;
    }

    /// <summary>Whether a Python has a pip of its own.</summary>
    public static bool HasPip(string executable) => AnswersTo(executable, "-m", "pip", "--version");

    private static bool Answers(params string[] arguments) => AnswersTo("python3", arguments);

    private static bool AnswersTo(string executable, params string[] arguments)
    {
        try
        {
            // Its output is read: with no one at the other end of the pipe pip ends with an error.
            return Cli.Wrap(executable)
                    .WithArguments(arguments)
                    .WithValidation(CommandResultValidation.None)
                    .ExecuteBufferedAsync()
                    .Task.GetAwaiter()
                    .GetResult()
                    .ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
