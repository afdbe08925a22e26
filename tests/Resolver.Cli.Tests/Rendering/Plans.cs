using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Tests.Rendering;

/// <summary>Plans made by hand, to see how they are shown.</summary>
internal static class Plans
{
    public static Candidate Candidate(
        string name,
        string version,
        DistributionKind kind = DistributionKind.Sdist,
        string? path = null,
        string? sha256 = null,
        params IReadOnlyList<string> weaknesses
    ) =>
        new()
        {
            Name = PackageName.Parse(name),
            Version = Version.Parse(version),
            Kind = kind,
            Path = path ?? $"archive/{name}-{version}.tar.gz",
            Sha256 = sha256,
            Weaknesses = weaknesses,
            Requires = [],
        };

    public static Need Need(string? name, string requirement, Role role) =>
        new(name is null ? null : PackageName.Parse(name), Requirement.Parse(requirement), role);

    public static Plan Of(IReadOnlyList<PlanStep> steps, params IReadOnlyList<LeftOut> leftOut) =>
        new(
            new Dictionary<string, string>
            {
                ["platform_python_implementation"] = "CPython",
                ["python_full_version"] = "3.11.7",
                ["sys_platform"] = "linux",
            },
            [],
            steps,
            leftOut,
            new PlanStatistics()
        );

    /// <summary>A backend that is kept, one library to build, one application that needs both.</summary>
    public static Plan Small(string? libraryHash = null, string? applicationHash = null)
    {
        var backend = Candidate("backend", "2.0", DistributionKind.Installed, "/site/backend-2.0.dist-info");
        var library = Candidate("library", "1.1", sha256: libraryHash, weaknesses: "version by folder-name");
        var application = Candidate(
            "application",
            "1.0",
            applicationHash is null ? DistributionKind.Tree : DistributionKind.Sdist,
            "src/application",
            applicationHash
        );
        return Of([
            new PlanStep(
                1,
                0,
                StepAction.Keep,
                backend,
                [],
                [Need("library", "backend>=2", Role.Build), Need("application", "backend", Role.Build)]
            ),
            new PlanStep(
                2,
                1,
                StepAction.Install,
                library,
                [new PlannedRequirement(Requirement.Parse("backend>=2"), Role.Build, backend)],
                [Need("application", "library~=1.0", Role.Runtime), Need(null, "library==1.1", Role.Root)]
            ),
            new PlanStep(
                3,
                2,
                StepAction.Install,
                application,
                [
                    new PlannedRequirement(Requirement.Parse("backend"), Role.Build, backend),
                    new PlannedRequirement(Requirement.Parse("library~=1.0"), Role.Runtime, library),
                    new PlannedRequirement(Requirement.Parse("wheel"), Role.Build, null),
                ],
                [Need(null, "application>=1", Role.Root)]
            ),
        ]);
    }
}
