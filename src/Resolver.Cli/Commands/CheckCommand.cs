using System.CommandLine;
using Resolver.Application.Archives;
using Resolver.Application.Installed;
using Resolver.Application.Targets;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;
using Resolver.Execution.Verification;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver check</c>: whether what is installed has what it needs, and still has its files.</summary>
internal sealed class CheckCommand : CommandDefinition
{
    private readonly TargetOptions target = new(planning: false);
    private readonly CheckOptions options = new();

    public CheckCommand()
        : base(
            "check",
            "Check installed distributions for unmet requirements and changed files.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        ) => Understand(target, options);

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Check requirements and files of a prefix", "resolver check --prefix ~/prefix"),
        new(
            "Check whether it could be built again",
            "resolver check --prefix ~/prefix --build-requirements -f archive/"
        ),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var workplace = await InstalledInput.OpenAsync(target.Read(parsed), context);
        var installed = InstalledProjects.Candidates(workplace);
        var environment = workplace.Interpreter.Environment;
        var found = InstalledConsistency.Check(installed, environment);
        var unbuildable = options.BuildArchives(parsed) is { } archives
            ? Unbuildable(workplace, archives, installed, context)
            : [];
        var files = InstalledFiles.Check(workplace.Installed.Select(each => each.Path).OfType<string>());
        var broken = workplace
            .Installed.Where(each => InstalledDefects.IsBroken(each) || InstalledDefects.IsLeftover(each))
            .ToList();
        foreach (var left in broken.Where(InstalledDefects.IsLeftover))
            context.Diagnostics.Warning(left.Problems[0].Message);
        var report = new InconsistencyText(
            found,
            unbuildable,
            InstalledConsistency.WrongPython(installed, environment),
            environment.PythonFullVersion,
            files,
            broken,
            workplace.InstalledError,
            installed.Count
        );
        context.Write(context.Settings.Format == OutputFormat.Json ? report.Json() : report.Text(context.Paint));
        return report.IsConsistent ? ExitCode.Done : ExitCode.Impossible;
    }

    // A candidate whose requirements are those of its build: what is not met then is a build requirement.
    private static IReadOnlyList<InstalledNeed> Unbuildable(
        TargetEnvironment workplace,
        IReadOnlyList<string> archives,
        IReadOnlyList<Candidate> installed,
        CommandContext context
    )
    {
        var scanned = workplace.Scan(ArchiveIndex.None, archives, ScanOptions.Default, context.Interruption);
        SkippedFiles.TellCount(scanned, archives, context.Notices);
        var sources = scanned
            .Where(each =>
                each.Kind is DistributionKind.Sdist or DistributionKind.Tree
                && each is { Name: not null, Version: not null, BuildRequires: not null }
            )
            .ToLookup(each => (each.Name!, each.Version!), each => each.BuildRequires!);
        return InstalledConsistency.Check(
            [
                .. installed.Select(each => new Candidate
                {
                    Name = each.Name,
                    Version = each.Version,
                    Kind = each.Kind,
                    Requires = [.. sources[(each.Name, each.Version)].Take(1).SelectMany(requires => requires)],
                }),
            ],
            workplace.Interpreter.Environment
        );
    }
}
