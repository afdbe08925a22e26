using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Browser.Tests;

/// <summary>Plans of any size with the shape of real ones: few that build many, names of all lengths, needs within
/// and across stages.</summary>
internal static class LargePlan
{
    private static readonly string[] Words =
    [
        "core",
        "http",
        "data",
        "image",
        "time",
        "graph",
        "math",
        "cloud",
        "file",
        "async",
        "yaml",
        "crypt",
        "plot",
        "quantitative",
        "geo",
        "astro",
        "a",
    ];

    public static Plan Of(int count, int seed = 7)
    {
        var random = new Random(seed);
        var names = new HashSet<string>();
        while (names.Count < count)
            names.Add(
                $"{Words[random.Next(Words.Length)]}{(random.Next(2) == 0 ? "-" : "")}{Words[random.Next(Words.Length)]}{(random.Next(2) == 0 ? "" : $"-utilities-for-{Words[random.Next(Words.Length)]}{random.Next(9)}")}"
            );
        var drafts = new List<(Candidate Candidate, int Stage, List<(Candidate Target, Role Role)> Needs)>();
        foreach (var name in names)
        {
            var needs = new List<(Candidate, Role)>();
            if (drafts.Count > 2 && random.Next(10) < 6)
                needs.Add((drafts[random.Next(Math.Min(6, drafts.Count))].Candidate, Role.Build));
            for (var i = random.Next(4); i > 0 && drafts.Count > 0; i--)
                needs.Add(
                    (drafts[random.Next(drafts.Count)].Candidate, random.Next(8) == 0 ? Role.Build : Role.Runtime)
                );
            needs = [.. needs.Distinct()];
            var stage =
                1
                + needs
                    .Where(need => need.Item2 == Role.Build)
                    .Select(need => drafts.Find(draft => draft.Candidate == need.Item1).Stage)
                    .DefaultIfEmpty(0)
                    .Max();
            var candidate = new Candidate
            {
                Name = PackageName.Parse(name),
                Version = Version.Parse($"{random.Next(9)}.{random.Next(20)}"),
                Kind =
                    needs.Exists(need => need.Item2 == Role.Build) || random.Next(2) == 0
                        ? DistributionKind.Sdist
                        : DistributionKind.Wheel,
                Path = $"archive/{name}.tar.gz",
                Sha256 = new string("0123456789abcdef"[random.Next(16)], 64),
                Size = random.Next(1, 9_000_000),
                Weaknesses = random.Next(20) == 0 ? ["version by folder-name"] : [],
            };
            drafts.Add((candidate, stage, needs));
        }

        var ordered = drafts
            .OrderBy(draft => draft.Stage)
            .ThenBy(draft => draft.Candidate.Name.Normalized, StringComparer.Ordinal)
            .ToList();
        var steps = ordered
            .Select(
                (draft, i) =>
                    new PlanStep(
                        i + 1,
                        draft.Stage,
                        StepAction.Install,
                        draft.Candidate,
                        [
                            .. draft.Needs.Select(need => new PlannedRequirement(
                                Requirement.Parse($"{need.Target.Name}>=0"),
                                need.Role,
                                need.Target
                            )),
                        ],
                        [
                            .. drafts.SelectMany(other =>
                                other
                                    .Needs.Where(need => need.Target == draft.Candidate)
                                    .Select(need => new Need(
                                        other.Candidate.Name,
                                        Requirement.Parse($"{draft.Candidate.Name}>=0"),
                                        need.Role
                                    ))
                            ),
                            .. i == ordered.Count - 1
                                ? [new Need(null, Requirement.Parse(draft.Candidate.Name.Normalized), Role.Root)]
                                : Array.Empty<Need>(),
                        ]
                    )
            )
            .ToList();
        return new Plan(
            new Dictionary<string, string>
            {
                ["platform_python_implementation"] = "CPython",
                ["python_full_version"] = "3.11.7",
                ["sys_platform"] = "linux",
            },
            [Requirement.Parse(ordered[^1].Candidate.Name.Normalized)],
            steps,
            [],
            new PlanStatistics()
        );
    }
}
