using System.Security.Cryptography;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Tests;

/// <summary>Plans in a few words: each call adds a step in order, and says by name what it needs of those before
/// it.</summary>
internal sealed class ToyPlan
{
    private readonly List<PlanStep> steps = [];
    private int? stage;

    public ToyPlan Install(
        string path,
        string name,
        string version,
        string build = "",
        string run = "",
        string? sha256 = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var file = path.Split("#subdirectory=")[0];
        var kind =
            path.EndsWith(".whl", StringComparison.Ordinal) ? DistributionKind.Wheel
            : Directory.Exists(file) ? DistributionKind.Tree
            : DistributionKind.Sdist;
        return Add(
            StepAction.Install,
            build,
            run,
            new Candidate
            {
                Name = PackageName.Parse(name),
                Version = Version.Parse(version),
                Kind = kind,
                Path = path,
                Sha256 =
                    kind == DistributionKind.Tree
                        ? null
                        : sha256
                            ?? (
                                File.Exists(file)
                                    ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))
                                    : new string('0', 64)
                            ),
                BuildEnvironment = environment,
            }
        );
    }

    /// <summary>The steps that follow are of this stage; without it each is of its own.</summary>
    public ToyPlan InStage(int number)
    {
        stage = number;
        return this;
    }

    public ToyPlan Keep(string name, string version, string? path = null, string run = "") =>
        Add(
            StepAction.Keep,
            "",
            run,
            new Candidate
            {
                Name = PackageName.Parse(name),
                Version = Version.Parse(version),
                Kind = DistributionKind.Installed,
                Path = path,
            }
        );

    public Plan Plan(IReadOnlyDictionary<string, string>? environment = null) =>
        new(environment ?? new Dictionary<string, string>(), [], steps, [], new PlanStatistics());

    private ToyPlan Add(StepAction action, string build, string run, Candidate candidate)
    {
        var requires = Requirements(run, Role.Runtime).Concat(Requirements(build, Role.Build)).ToList();
        steps.Add(
            new PlanStep(
                steps.Count + 1,
                action == StepAction.Keep ? 0 : stage ?? steps.Count + 1,
                action,
                candidate,
                requires,
                []
            )
        );
        return this;
    }

    private IEnumerable<PlannedRequirement> Requirements(string texts, Role role) =>
        texts
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(text =>
            {
                var requirement = Requirement.Parse(text);
                return new PlannedRequirement(
                    requirement,
                    role,
                    steps.Last(step => step.Candidate.Name == requirement.Name).Candidate
                );
            });
}
