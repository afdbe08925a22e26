using System.CommandLine;
using Resolver.Application.Inputs;
using Resolver.Application.Planning;
using Resolver.Application.Targets;
using Resolver.Archives.Checksums;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Scanning;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Rendering.Pages;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver scan</c>: what lies in the archive, and what could not be read.</summary>
internal sealed class ScanCommand : CommandDefinition
{
    private readonly Argument<string[]> paths = new("PATH")
    {
        Description = "An archive, an unpacked tree, a directory of them, or FILE#subdirectory=REL.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly ArchiveOptions archive = new();
    private readonly MetadataOptions metadata = new();
    private readonly Option<string> python = new("--python")
    {
        HelpName = "EXE",
        Description =
            "Interpreter that runs build backends, with --offline-metadata build, and that an HTML page plans for.",
        DefaultValueFactory = _ => "python3",
    };
    private readonly ChecksumOptions checksums = new();
    private readonly Option<int?> planTime = new("--plan-time")
    {
        HelpName = "SECONDS",
        Description = "For an HTML page, stop each search for a plan after this time.",
        DefaultValueFactory = _ => 300,
    };

    public ScanCommand()
        : base(
            "scan",
            "List the distributions of an archive, and what cannot be read.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json, OutputFormat.Html)
        )
    {
        planTime.ReadWholeNumber(least: 1);
        paths.RejectOptions();
        Command.Add(paths);
        Command.Add(python);
        Command.Add(planTime);
        Understand(archive, metadata, checksums);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("List an archive, and what cannot be read", "resolver scan -f archive/"),
        new("Write a page of the whole archive", "resolver scan -f archive/ -o archive.html"),
        new("Show one file as JSON", "resolver scan archive/idna-3.10.tar.gz --format json"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var named = parsed.GetValue(paths) ?? [];
        // Who names paths wants to hear of these, not of the archive that is configured.
        IReadOnlyList<string> places =
        [
            .. archive.Directories(named.Length > 0 ? context.Typed ?? parsed : parsed),
            .. named,
        ];
        if (places.Count == 0)
            throw CommandException.Usage(
                "scan requires a path or an archive (-f)",
                "name the archive: resolver scan -f DIR"
            );
        var lists = checksums.Lists(parsed).Select(file => (File: file, Expected: ReadList(file))).ToList();

        // Looked for while the scan continues.
        var orphaned =
            context.Settings.Format == OutputFormat.Json
                ? null
                : Task.Run(() => ArchiveReport.OrphanedBelow(places), context.Interruption);
        IReadOnlyList<Distribution> found;
        using (var index = archive.Read(parsed).OpenIndex(context.Diagnostics.Warning))
        using (var progress = new ScanProgress(context))
            found = index.Scan(
                places,
                archive.Scanning(parsed) with
                {
                    Progress = progress.Step,
                    Found = progress.Found,
                },
                context.Interruption
            );
        if (checksums.Written(parsed) is { } sums)
            WriteList(sums, found);
        var comparisons = lists.Select(list => (list.File, Result: Compare(found, list.Expected))).ToList();
        found = context.Configuration.Declarations.ApplyTo(Marked(found, comparisons));
        if (metadata.RunsBackends(parsed))
            found = await LearnedArchive.LearnAsync(
                found,
                new PlanningRequest
                {
                    Target = TargetSettings.Default with { Python = parsed.GetValue(python)! },
                    Archive = PlanningInput.ArchiveOf(archive, parsed, context),
                    Metadata = PlanningInput.MetadataOf(metadata, archive, parsed, context),
                    Waivers = context.Configuration.Waivers,
                    Exclusions = context.Configuration.Exclusions,
                },
                context.Notices,
                context.Interruption
            );

        if (context.Settings.Format == OutputFormat.Html)
        {
            var survey = await SurveyAsync(found, places, parsed, context);
            context.Write(
                ArchivePage.Of(
                    places,
                    ArchiveReport.Of(found, orphaned is null ? [] : await orphaned),
                    survey,
                    DocumentTime.Of(context.Clock)
                )
            );
        }
        else if (context.Settings.Format == OutputFormat.Json)
        {
            context.Write(DistributionJson.Lines(found));
            foreach (var (file, result) in comparisons.Where(each => each.Result.Missing.Count > 0))
                context.Diagnostics.Warning($"{file}: missing: {string.Join(", ", result.Missing)}");
        }
        else
            context.Write(
                new DistributionText(context.Paint, context.Settings.Verbose).Of(
                    ArchiveReport.Of(found, orphaned is null ? [] : await orphaned),
                    comparisons
                )
            );
        return comparisons.TrueForAll(each => each.Result.Holds) ? ExitCode.Done : ExitCode.BadInput;
    }

    private async Task<ArchiveSurvey> SurveyAsync(
        IReadOnlyList<Distribution> found,
        IReadOnlyList<string> places,
        ParseResult parsed,
        CommandContext context
    )
    {
        context.Notices.Activity("planning the archive");
        return await ArchiveSurvey.OfAsync(
            found,
            new PlanningRequest
            {
                Batch = places,
                Target = TargetSettings.Default with { Python = parsed.GetValue(python)!, NoInstalled = true },
                Archive = PlanningInput.ArchiveOf(archive, parsed, context) with { Places = [] },
                Waivers = context.Configuration.Waivers,
                Exclusions = context.Configuration.Exclusions,
                Limits = new PlanLimits(Deadline.After(TimeSpan.FromSeconds(parsed.GetValue(planTime)!.Value))),
            },
            context.Notices,
            context.Interruption
        );
    }

    private static IReadOnlyList<ExpectedFile> ReadList(string file)
    {
        try
        {
            return ChecksumList.Read(InputFile.ReadBytes(file), file);
        }
        catch (FormatException exception)
        {
            throw CommandException.BadInput(exception.Message);
        }
    }

    private static ChecksumComparison Compare(IReadOnlyList<Distribution> found, IReadOnlyList<ExpectedFile> expected)
    {
        try
        {
            return ChecksumComparison.Of(found, expected);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.BadInput(FileFault.WithFile(exception));
        }
    }

    private static void WriteList(string file, IReadOnlyList<Distribution> found)
    {
        var hashed = found
            .Where(each =>
                each is { Sha256: not null, Path: { } path } && DistributionPath.Parse(path).Subdirectory is null
            )
            .Select(each => (Path.GetFullPath(DistributionPath.Parse(each.Path!).File), each.Sha256!));
        CommandContext.Replace(
            file,
            unfinished =>
                File.WriteAllText(
                    unfinished,
                    ChecksumList.Write(hashed, Path.GetDirectoryName(Path.GetFullPath(file))!)
                )
        );
    }

    /// <summary>A file that is not what it is said to be is unusable; its own line says so.</summary>
    private static IReadOnlyList<Distribution> Marked(
        IReadOnlyList<Distribution> found,
        IReadOnlyList<(string File, ChecksumComparison Result)> comparisons
    )
    {
        var wrong = comparisons
            .SelectMany(each => each.Result.Different.Select(different => (each.File, Different: different)))
            .ToLookup(each => each.Different.Distribution.Path);
        return wrong.Count == 0
            ? found
            :
            [
                .. found.Select(each =>
                    wrong[each.Path].FirstOrDefault() is { File: { } list, Different: { } its }
                        ? each with
                        {
                            Problems =
                            [
                                .. each.Problems,
                                new ArchiveProblem(
                                    "hash-mismatch",
                                    each.Path!,
                                    $"wrong {its.Expected.Algorithm}: expected {its.Expected.Digest} ({list}), found "
                                        + $"{its.Found}",
                                    true
                                ),
                            ],
                        }
                        : each
                ),
            ];
    }
}
