using System.CommandLine;
using System.CommandLine.Invocation;

namespace Resolver.Cli;

/// <summary>Answers <c>--version</c> with the program's name, as scripts expect.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"resolver {CommandLine.Version}");
        return ExitCode.Done;
    }
}
