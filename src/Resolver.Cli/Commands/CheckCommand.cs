using System.CommandLine;
using Resolver.Archives.Candidates;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver check</c>: whether what is installed has what it needs.</summary>
internal sealed class CheckCommand : CommandDefinition
{
    private readonly TargetOptions target = new(planning: false);

    public CheckCommand()
        : base("check", "Is what is installed consistent.", new OutputOptions(OutputFormat.Text, OutputFormat.Json)) =>
        Understand(target);

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var workplace = await Workplace.OpenAsync(target.Read(parsed), context.Interruption);
        // The first of a name hides the others, as on sys.path.
        var installed = workplace.Installed.Select(ArchiveCandidateSource.ToCandidate).OfType<Candidate>().DistinctBy(candidate => candidate.Name).ToList();
        var found = InstalledConsistency.Check(installed, workplace.Interpreter.Environment);
        context.Write(context.Settings.Format == OutputFormat.Json
            ? InconsistencyText.Json(found, installed.Count)
            : InconsistencyText.Of(found, installed.Count, context.Paint));
        return found.Count == 0 ? ExitCode.Done : ExitCode.Impossible;
    }
}
