using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Cycles;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Explanations;

/// <summary>
/// A file of corpora/explanations: what is asked, a line a setting; an empty line; the world, in
/// <see cref="ToyArchive"/>'s notation; a line of hyphens; the text that a person gets.
/// </summary>
internal sealed class Situation
{
    private const string Rule = "\n----\n";

    private readonly Dictionary<string, string> settings;
    private readonly ToyArchive archive;

    private Situation(string name, string world, string text)
    {
        (Name, World, Text) = (name, world, text);
        var parts = world.Split("\n\n", 2);
        settings = parts[0]
            .Split('\n')
            .Select(line => line.Split(": ", 2))
            .ToDictionary(line => line[0], line => line.Length > 1 ? line[1] : "");
        archive = new ToyArchive(parts.Length > 1 ? parts[1] : "", fileNames: true);
    }

    public string Name { get; }

    /// <summary>Everything above the line.</summary>
    public string World { get; }

    /// <summary>What is approved.</summary>
    public string Text { get; }

    public static Situation Read(string file)
    {
        var content = File.ReadAllText(file).ReplaceLineEndings("\n");
        var at = content.IndexOf(Rule, StringComparison.Ordinal);
        return at < 0
            ? new(Path.GetFileName(file), content.TrimEnd('\n'), "")
            : new(Path.GetFileName(file), content[..at], content[(at + Rule.Length)..]);
    }

    /// <summary>The file with another text below the line.</summary>
    public string With(string text) => World + Rule + text;

    /// <summary>What a person gets.</summary>
    public string Tell()
    {
        var request = Request();
        var question = Setting("question").Split(' ');
        switch (question[0])
        {
            case "" or "all" or "batch":
                return Explanation() is { } explanation
                    ? ExplanationText.Of(explanation, Paint.None)
                    : "There is a plan.\n";
            case "missing":
                return MissingText.Of(Missing(request), Paint.None);
            case "missing-file":
                return MissingText.Requirements(Missing(request));
            case "why":
                return WhyText.Of(
                    PackageName.Parse(question[1]),
                    PlanQuestions.Why(Plan(archive, request), PackageName.Parse(question[1])),
                    Paint.None
                );
            case "why-not":
                var unwanted = Requirement.Parse(question[1]);
                return WhyText.Of(
                    unwanted,
                    unwanted.Specifier.Specifiers.Count == 0
                        ? PlanQuestions.WhyNotNewer(archive, request, unwanted.Name, PlanLimits.None)
                        : PlanQuestions.WhyNot(archive, request, unwanted, PlanLimits.None),
                    Paint.None
                );
            case "why-before":
                return WhyText.Of(
                    PlanQuestions.WhyBefore(
                        Plan(archive, request),
                        PackageName.Parse(question[1]),
                        PackageName.Parse(question[2])
                    ),
                    Paint.None
                );
            case "cycles":
                return CyclesText.Of(
                    BuildCycles.Find(
                        IsBatch
                            ? BatchPlanner.OptionalQuestion(Batch(), Further(), request)
                            : RequestedProblem.Of(archive, request),
                        IsBatch ? Names("batch").ToHashSet() : null,
                        PlanLimits.None
                    )!,
                    Paint.None
                );
            case "apply-fix":
                var applied = AppliedFix.Of(
                    archive,
                    request,
                    Explanation()!.Fixes[int.Parse(question[1], System.Globalization.CultureInfo.InvariantCulture) - 1]
                )!;
                return new PlanText(Plan(applied.Source, applied.Request), Paint.None, verbose: false).Write(
                    proven: true
                );
            case "keep-going":
                return new PlanText(
                    ((PlanOutcome.Planned)BatchPlanner.Order(Batch(), Further(), request, true, PlanLimits.None)).Plan,
                    Paint.None,
                    verbose: false
                ).Write(proven: true);
            default:
                throw new FormatException($"{Name}: there is no question '{question[0]}'");
        }
    }

    /// <summary>The explanation; null where there is a plan or the question is another.</summary>
    public Explanation? Explanation()
    {
        if (Setting("question").Split(' ')[0] is not ("" or "all" or "batch" or "apply-fix"))
            return null;
        var request = Request();
        if (Setting("question") == "all")
        {
            var problem = IsBatch
                ? BatchPlanner.Question(Batch(), Further(), request)
                : RequestedProblem.Of(archive, request);
            return Explainer.ExplainAll(problem, problem, archive, 16, PlanLimits.None);
        }
        var outcome = IsBatch
            ? BatchPlanner.Order(Batch(), Further(), request, false, PlanLimits.None)
            : Planner.Plan(archive, request, PlanLimits.None);
        return (outcome as PlanOutcome.Impossible)?.Explanation;
    }

    private bool IsBatch => settings.ContainsKey("batch");

    private MissingList Missing(PlanRequest request) =>
        MissingProjects.Find(
            IsBatch ? BatchPlanner.Question(Batch(), Further(), request) : RequestedProblem.Of(archive, request),
            PlanLimits.None
        )!;

    private List<BatchItem> Batch() =>
        [
            .. archive
                .All.Where(IsGiven)
                .Select(each => new BatchItem(each.Path!, each, each.Name.Normalized, null, null, true)),
        ];

    private ICandidateSource Further() => new Rest(archive, IsGiven);

    private bool IsGiven(Candidate candidate) => Names("batch").Contains(candidate.Name);

    private static Resolver.Resolution.Plans.Plan Plan(ICandidateSource source, PlanRequest request) =>
        ((PlanOutcome.Planned)Planner.Plan(source, request, PlanLimits.None)).Plan;

    private string Setting(string name) => settings.GetValueOrDefault(name, "");

    private List<PackageName> Names(string setting) =>
        [.. Setting(setting).Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(PackageName.Parse)];

    private PlanRequest Request() =>
        ToyArchive.Ask(Setting("ask")) with
        {
            Tags = SupportedTags.ForCPython(3, 11, PlatformTags.Linux("x86_64", (2, 36))),
            Constraints =
            [
                .. Setting("constraints").Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Requirement.Parse),
            ],
            Overrides =
            [
                .. Setting("overrides").Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Requirement.Parse),
            ],
            Prerelease = Setting("prerelease") switch
            {
                "disallow" => PrereleaseMode.Disallow,
                "explicit" => PrereleaseMode.Explicit,
                _ => PrereleaseMode.IfNecessaryOrExplicit,
            },
            NoBinary = NameFilter.Of(Names("no-binary")),
            OnlyBinary = NameFilter.Of(Names("only-binary")),
            Exclusions =
            [
                .. Setting("exclude")
                    .Split(", ", StringSplitOptions.RemoveEmptyEntries)
                    .Select(each => each.Split(" because "))
                    .Select(each => new Exclusion(
                        Requirement.Parse(each[0]).Name,
                        Requirement.Parse(each[0]).Specifier,
                        each.Length > 1 ? each[1] : null
                    )),
            ],
            Pinned = Setting("pin")
                .Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(each => each.Split(' '))
                .ToDictionary(each => PackageName.Parse(each[0]), each => Packaging.Versions.Version.Parse(each[1])),
        };

    private sealed class Rest(ToyArchive archive, Func<Candidate, bool> isGiven) : ICandidateSource
    {
        public IEnumerable<PackageName> Projects => archive.Projects;

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project) =>
            [.. archive.CandidatesOf(project).Where(each => !isGiven(each))];

        public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => archive.HiddenOf(project);
    }
}
