using Resolver.Application.Planning;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Plans;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Browser.Tests;

/// <summary>Archives of any size: four versions of each project, of which the newest is planned, but for each tenth
/// project, which lacks something.</summary>
internal static class LargeArchive
{
    private const int Versions = 4;

    public static (ArchiveReport Report, ArchiveSurvey Survey) Of(int distributions)
    {
        var random = new Random(5);
        var (files, steps, leftOut) = (new List<Distribution>(), new List<PlanStep>(), new List<LeftOut>());
        for (var i = 0; i < distributions / Versions; i++)
        {
            var name = PackageName.Parse($"project-{i}");
            for (var version = 1; version <= Versions; version++)
            {
                var file = new Distribution
                {
                    Path = $"archive/project_{i}-{version}.0.tar.gz",
                    Kind = DistributionKind.Sdist,
                    Name = name,
                    Version = Version.Parse($"{version}.0"),
                    Size = random.Next(900, 4_000_000),
                    Sha256 = $"{i:x8}{version}".PadRight(64, '0'),
                    RequiresDist =
                    [
                        .. Enumerable
                            .Range(0, random.Next(6))
                            .Select(_ => Requirement.Parse($"project-{random.Next(Math.Max(1, i))}>=1")),
                    ],
                    BuildRequires = [Requirement.Parse("setuptools>=40")],
                };
                files.Add(file);
                if (version < Versions)
                    leftOut.Add(Left(file, "older-version", "4.0 is ordered instead"));
                else if (i % 10 == 9)
                    leftOut.Add(
                        Left(file, "impossible", $"{name} 4.0 requires absent>=2, but the archive has no absent")
                    );
                else
                    steps.Add(Step(file, steps.Count + 1));
            }
        }
        return (
            ArchiveReport.Of(files, []),
            new ArchiveSurvey
            {
                Plan = new Plan(new Dictionary<string, string>(), [], steps, leftOut, new PlanStatistics()),
                Proven = true,
                Missing = new MissingList(
                    [new("rare", [], ["project-9 4.0"], 1), new("absent", [">=2"], ["project-19 4.0"], 250)],
                    distributions,
                    null
                ),
            }
        );
    }

    private static LeftOut Left(Distribution file, string code, string reason) =>
        new(file.Path!, file.Name?.Normalized, file.Version?.ToString(), code, reason);

    private static PlanStep Step(Distribution file, int order) =>
        new(
            order,
            1,
            StepAction.Install,
            new Candidate
            {
                Name = file.Name!.Value,
                Version = file.Version!.Value,
                Kind = file.Kind,
                Path = file.Path,
            },
            [],
            []
        );
}
