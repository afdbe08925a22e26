using CsCheck;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Plans;

/// <summary>Plans of every shape that can be written down, with what they say as text to compare by.</summary>
internal static class RandomPlan
{
    public const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly Gen<string> Path = Gen.String[
        Gen.OneOf(
            Gen.Char['a', 'z'],
            Gen.Char[' ', '~'],
            Gen.Char['\u00e0', '\u00ff'],
            Gen.Const('\n'),
            Gen.Const('\u001b')
        ),
        1,
        12
    ];

    private static readonly Gen<PlanStatistics> Statistics = Gen.Select(
            Gen.Int[0, 1_000_000],
            Gen.Int[0, 99_999],
            Gen.Long[0, long.MaxValue]
        )
        .Select(
            (scan, solve, decisions) =>
                new PlanStatistics
                {
                    ScanMilliseconds = scan / 10000.0,
                    SolveMilliseconds = solve / 10000.0,
                    Decisions = decisions,
                    Conflicts = decisions / 2,
                }
        );

    public static Gen<Plan> Any { get; } =
        Gen.Select(Gen.Int[0, 6], Gen.Int, Path, Statistics)
            .Select((count, seed, path, statistics) => Make(count, new Random(seed), path, statistics));

    // Step i is project pI; it needs some of those before it, in every role, some through an extra, some waived.
    private static Plan Make(int count, Random random, string path, PlanStatistics statistics)
    {
        var steps = new List<PlanStep>();
        for (var order = 1; order <= count; order++)
        {
            var kind = (DistributionKind)random.Next(4);
            var requires = steps
                .Where(_ => random.Next(2) == 0)
                .Select(earlier => new PlannedRequirement(
                    Requirement.Parse($"{earlier.Candidate.Name} >={random.Next(3)}"),
                    random.Next(2) == 0 ? Role.Build : Role.Runtime,
                    random.Next(4) == 0 ? null : earlier.Candidate,
                    random.Next(3) == 0 ? ExtraName.Parse("x") : null
                ))
                .ToList();
            var version = Version.Parse($"{random.Next(5)}.{random.Next(5)}{(random.Next(3) == 0 ? "rc1+l.2" : "")}");
            var candidate = new Candidate
            {
                Name = PackageName.Parse($"p{order}"),
                Version = version,
                Kind = kind,
                Path =
                    kind == DistributionKind.Installed && random.Next(2) == 0 ? null
                    : kind == DistributionKind.Wheel ? $"{path}/p{order}-{version}-py3-none-any.whl"
                    : path + order,
                Sha256 = kind is DistributionKind.Sdist or DistributionKind.Wheel ? Hash : null,
                BuildEnvironment =
                    random.Next(3) == 0 ? new Dictionary<string, string> { ["B"] = path, ["A"] = "" } : null,
                Weaknesses = random.Next(3) == 0 ? [path] : [],
            };
            steps.Add(
                new PlanStep(
                    order,
                    kind == DistributionKind.Installed ? 0 : order,
                    kind == DistributionKind.Installed ? StepAction.Keep : StepAction.Install,
                    candidate,
                    requires,
                    random.Next(2) == 0
                        ? [new Need(null, Requirement.Parse($"p{order}"), Role.Root)]
                        : [new Need(PackageName.Parse("p1"), Requirement.Parse($"p{order}"), Role.Constraint)]
                )
                {
                    Markers =
                        random.Next(3) == 0
                            ? Marker.Parse($"sys_platform != \"{random.Next(3)}\" and python_version >= \"3.9\"")
                            : null,
                }
            );
        }
        return new Plan(
            new Dictionary<string, string> { ["sys_platform"] = path, ["os_name"] = "posix" },
            count == 0 ? [] : [Requirement.Parse($"p{count}>=0")],
            steps,
            random.Next(2) == 0 ? [] : [new LeftOut(path, null, "1", "code", path)],
            statistics
        )
        {
            Environments =
                random.Next(2) == 0
                    ? []
                    :
                    [
                        new TargetedEnvironment(
                            null,
                            Marker.Parse("sys_platform == \"linux\""),
                            MarkerEnvironment.CPython311OnLinux
                        ),
                        new TargetedEnvironment(
                            path,
                            null,
                            MarkerEnvironment.CPython311OnLinux with
                            {
                                PlatformVersion = path,
                            }
                        ),
                    ],
        };
    }

    public static string Shape(PlanStep step) =>
        string.Join(
            '|',
            step.Order,
            step.Stage,
            step.Action,
            step.Candidate,
            step.Markers,
            step.Candidate.Path,
            step.Candidate.Sha256,
            string.Join(
                ',',
                (step.Candidate.BuildEnvironment ?? new Dictionary<string, string>()).OrderBy(
                    each => each.Key,
                    StringComparer.Ordinal
                )
            ),
            string.Join(',', step.Candidate.Weaknesses),
            string.Join(
                ',',
                step.Requires.Select(each => $"{each.Requirement.Text}/{each.Role}/{each.Extra}/{each.SatisfiedBy}")
            ),
            string.Join(',', step.NeededBy.Select(each => $"{each.Name}/{each.Requirement.Text}/{each.Role}"))
        );
}
