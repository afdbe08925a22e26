using System.CommandLine;
using System.CommandLine.Invocation;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Help;

/// <summary>Answers <c>--version</c> with the program's name, as scripts expect.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"resolver {ProgramVersion.Text}");
        return ExitCode.Done;
    }
}
