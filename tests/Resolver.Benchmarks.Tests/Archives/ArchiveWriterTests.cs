using System.Diagnostics;
using Resolver.Archives.Candidates;
using Resolver.Archives.Scanning;
using Resolver.Generators.Archives;
using Resolver.Generators.Universes;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes.Files;
using Xunit;

namespace Resolver.Benchmarks.Tests.Archives;

/// <summary>Generated archives are archives: read without a problem, planned as their universe is solved, and
/// installed by a real pip.</summary>
public sealed class ArchiveWriterTests : IDisposable
{
    private static readonly UniverseShape Shape = new()
    {
        Projects = 30,
        Roots = 3,
        Extras = .5,
    };

    private readonly string folder = Directory.CreateTempSubdirectory("generated-archive-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_distribution_is_read_without_a_problem_and_says_what_its_universe_says()
    {
        var generator = new UniverseGenerator(Shape, 4);
        var written = ArchiveWriter.Write(folder, generator.Projects());

        var scanned = ArchiveScanner.Scan([folder], ScanOptions.Default);

        Assert.Equal(generator.CandidateCount, written);
        Assert.Equal(written, scanned.Count);
        Assert.All(scanned, distribution => Assert.Empty(distribution.Problems));
        var releases = generator
            .Projects()
            .SelectMany(project => project.Releases.Select(release => (project.Name, Release: release)))
            .ToDictionary(each => $"{each.Name} {each.Release.Version}", each => each.Release);
        Assert.All(
            scanned,
            distribution =>
            {
                var release = releases[$"{distribution.Name} {distribution.Version}"];
                Assert.Equal(release.Requires.Count + (release.Extra?.Count ?? 0), distribution.RequiresDist!.Count);
                Assert.Equal(release.BuildRequires.Count, distribution.BuildRequires?.Count ?? 0);
            }
        );
    }

    [Fact]
    public void The_plan_from_an_archive_is_the_solution_of_its_universe()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var place = Path.Combine(folder, $"{seed}");
            var generator = new UniverseGenerator(Shape, seed);
            ArchiveWriter.Write(place, generator.Projects());
            using var content = new MemoryStream();
            UniverseWriter.Write(content, "generated", generator.Projects(), generator.Roots(0), null);
            content.Position = 0;
            var universe = UniverseFile.Read(content, "generated");
            var problem = universe.CreateProblem(universe.Queries[0]);

            var solved = new DomainSolver().Solve(problem.Problem, SolveOptions.Default);
            var planned = Plan(place, generator.Roots(0));

            Assert.Equal(
                solved is Outcome.Satisfiable { Selection: var selection }
                    ? selection
                        .Order.Where(variable => !problem.Text.IsExtra(variable))
                        .Select(variable =>
                            $"{problem.Text.ProjectOf(variable)} "
                            + $"{problem.Text.VersionOf(variable, selection[variable])}"
                        )
                        .Order(StringComparer.Ordinal)
                    : null,
                planned
                    ?.Steps.Select(step => $"{step.Candidate.Name} {step.Candidate.Version}")
                    .Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public void The_same_archive_has_the_same_bytes()
    {
        var generator = new UniverseGenerator(Shape, 4);
        ArchiveWriter.Write(Path.Combine(folder, "a"), generator.Projects(), 40);
        ArchiveWriter.Write(Path.Combine(folder, "b"), generator.Projects(), 40);

        var files = Directory.GetFiles(Path.Combine(folder, "a"), "*", SearchOption.AllDirectories);

        Assert.Equal(40, files.Length);
        Assert.All(
            files,
            file =>
                Assert.Equal(
                    File.ReadAllBytes(file),
                    File.ReadAllBytes(
                        file.Replace(Path.Combine(folder, "a"), Path.Combine(folder, "b"), StringComparison.Ordinal)
                    )
                )
        );
    }

    [Fact]
    public void A_planned_archive_is_built_and_installed_by_pip_in_the_order_of_the_plan()
    {
        Assert.SkipUnless(Pip("--version") == 0, "there is no python3 with pip on PATH");
        var generator = new UniverseGenerator(
            new UniverseShape
            {
                Projects = 8,
                Roots = 2,
                Wheels = .2,
            },
            6
        );
        ArchiveWriter.Write(folder, generator.Projects());
        var plan = Plan(folder, generator.Roots(0));
        var site = Path.Combine(folder, "site");

        Assert.NotNull(plan);
        Assert.Contains(plan.Steps, step => step.NeededBy.Any(need => need.Role == Role.Build));
        foreach (var step in plan.Steps)
            Assert.Equal(
                0,
                Pip(
                    "install",
                    "--no-deps",
                    "--no-index",
                    "--no-build-isolation",
                    "--ignore-installed",
                    "--disable-pip-version-check",
                    "--root-user-action=ignore",
                    "--no-compile",
                    "--target",
                    site,
                    step.Candidate.Path!
                )
            );
        Assert.Equal(plan.Steps.Count, Directory.GetDirectories(site, "*.dist-info").Length);

        int Pip(params string[] arguments)
        {
            try
            {
                var start = new ProcessStartInfo("python3", ["-m", "pip", .. arguments])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                };
                start.Environment["PYTHONPATH"] = Path.Combine(folder, "site");
                using var process = Process.Start(start)!;
                process.ErrorDataReceived += (_, line) =>
                    TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
                process.BeginErrorReadLine();
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return process.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }
    }

    private static Plan? Plan(string archive, IReadOnlyList<string> roots)
    {
        var source = new ArchiveCandidateSource(ArchiveScanner.Scan([archive], ScanOptions.Default));
        var request = new PlanRequest
        {
            Roots = [.. roots.Select(root => Requirement.Parse(root))],
            Environment = MarkerEnvironment.CPython311OnLinux,
        };
        return Planner.Plan(source, request, new PlanLimits(null, null)) is PlanOutcome.Planned planned
            ? planned.Plan
            : null;
    }
}
