using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Metadata;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Resolver.Testing;
using Xunit;

namespace Resolver.Benchmarks.Tests.Corpora;

/// <summary>Every file of <c>corpora/regressions</c>: what once went wrong goes right.</summary>
public sealed class RegressionTests
{
    private static readonly string Corpus = Path.Combine(Repository.Root, "corpora", "regressions");

    public static TheoryData<string> Universes => Files("universes");

    public static TheoryData<string> Worlds => Files("worlds");

    public static TheoryData<string> Locks => Files("locks");

    public static TheoryData<string> Documents => Files("metadata");

    [Fact]
    public void Every_recorded_file_is_replayed() =>
        Assert.Equal(
            Directory.EnumerateFiles(Corpus, "*", SearchOption.AllDirectories).Count() - 1,
            new[] { Universes, Worlds, Locks, Documents }.Sum(files => files.Count)
        );

    [Theory]
    [MemberData(nameof(Universes))]
    public void A_recorded_universe_has_the_expected_answer_for_no_more_search_than_recorded(string file)
    {
        var universe = UniverseFile.Read(Path.Combine(Corpus, "universes", file));
        var (query, most) = (
            Assert.Single(universe.Queries),
            Recorded("universes", file).GetProperty("most_conflicts").GetInt64()
        );

        var outcome = AssertExpected(universe, query, new DomainSolver(), SolveOptions.Default);

        Assert.InRange(outcome.Statistics.Conflicts, 0, most);
        AssertExpected(
            universe,
            query,
            new DomainSolver(),
            SolveOptions.Default with
            {
                ConflictsInOrder = 0,
                ConflictsBeforeForgetting = 1,
            }
        );
    }

    [Theory]
    [MemberData(nameof(Universes))]
    public void Z3_has_the_expected_answer_too(string file)
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        var universe = UniverseFile.Read(Path.Combine(Corpus, "universes", file));

        AssertExpected(universe, Assert.Single(universe.Queries), new Z3Solver(), SolveOptions.Default);
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void A_recorded_world_is_explained_as_expected(string file)
    {
        var parts = File.ReadAllText(Path.Combine(Corpus, "worlds", file)).Split("\n\n", 2);
        var head = parts[0]
            .Split('\n')
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var request = ToyArchive.Ask(head["ask"]);

        if (head.GetValueOrDefault("same") == "reversed")
            Assert.Equal(
                Told(parts[1]),
                Told(string.Join('\n', parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Reversed)))
            );
        else
            Assert.Equal(
                head["missing"].Split(", "),
                MissingProjects
                    .Find(
                        new ToyArchive(parts[1]),
                        request,
                        new PlanLimits(null, null),
                        TestContext.Current.CancellationToken
                    )!
                    .Projects.Select(each => each.Name + string.Join(',', each.Wanted))
            );

        string Told(string world) =>
            Assert
                .IsType<PlanOutcome.Impossible>(
                    Planner.Plan(new ToyArchive(world), request, new PlanLimits(null, null))
                )
                .Explanation.Text;
    }

    [Theory]
    [MemberData(nameof(Locks))]
    public void A_plan_for_a_recorded_environment_is_read_back_as_it_was_written(string file)
    {
        var plan = Assert
            .IsType<PlanOutcome.Planned>(
                Planner.Plan(
                    new ToyArchive("app 1.0: lib\nlib 1.0", fileNames: true),
                    ToyArchive.Ask("app"),
                    new PlanLimits(null, null)
                )
            )
            .Plan;
        var environment = Recorded("locks", file)
            .GetProperty("environment")
            .EnumerateObject()
            .ToDictionary(each => each.Name, each => each.Value.GetString()!);
        // A lock has hashes, a toy archive has none.
        plan = PlanJson.Read(
            Encoding.UTF8.GetBytes(
                Regex.Replace(
                    Encoding.UTF8.GetString(PlanJson.Write(plan)),
                    "\"sha256\": *null",
                    $"\"sha256\": \"{new string('0', 64)}\""
                )
            ),
            "with hashes"
        ) with
        {
            Environment = environment,
        };

        var locked = PyLock.TryParse(PlanLock.Of(plan, path => path).ToToml());
        Assert.True(locked.Success, locked.Success ? "" : locked.Error!.ToString());
        Assert.Equal(environment, PlanLock.PlanOf(locked.Value, path => path)!.Environment.ToDictionary());
        Assert.Equal(environment, PlanJson.Read(PlanJson.Write(plan), "written").Environment.ToDictionary());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Recorded_metadata_say_what_they_should(string file)
    {
        var recorded = Recorded("metadata", file);

        var read = CoreMetadata.Read(recorded.GetProperty("text").GetString()!);

        Assert.Equal(
            (
                recorded.GetProperty("name").GetString(),
                recorded.GetProperty("version").GetString(),
                recorded.GetProperty("body").GetString()
            ),
            (read.RawName, read.RawVersion, read.Body)
        );
    }

    private static Outcome AssertExpected(Universe universe, UniverseQuery query, ISolver solver, SolveOptions options)
    {
        var problem = universe.CreateProblem(query);
        var outcome = solver.Solve(problem.Problem, options, TestContext.Current.CancellationToken);
        Assert.Equal(query.Expected!.Satisfiable, outcome is Outcome.Satisfiable);
        if (outcome is not Outcome.Satisfiable { Selection: var selection })
            return outcome;
        SelectionChecker.Require(problem.Problem, selection);
        if (query.Expected.Solution is { } solution)
        {
            Assert.Equal(
                solution.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} {each.Value}"),
                selection
                    .Order.Where(variable => !problem.Text.IsExtra(variable))
                    .Select(variable =>
                        $"{problem.Text.ProjectOf(variable)} {problem.Text.VersionOf(variable, selection[variable])}"
                    )
                    .Order(StringComparer.Ordinal)
            );
        }

        return outcome;
    }

    /// <summary>A distribution's line with each list of requirements the other way round.</summary>
    private static string Reversed(string line)
    {
        var (head, rest) = line.Split(": ", 2) is [var before, var after] ? (before, after) : (line, "");
        return head
            + ": "
            + string.Join(
                "; ",
                rest.Split(';', StringSplitOptions.TrimEntries)
                    .Select(clause =>
                        clause.StartsWith("build: ", StringComparison.Ordinal)
                            ? "build: " + Turned(clause["build: ".Length..])
                            : Turned(clause)
                    )
            );

        static string Turned(string list) => string.Join(", ", list.Split(", ").Reverse());
    }

    private static JsonElement Recorded(string folder, string file)
    {
        using var content = File.OpenRead(Path.Combine(Corpus, folder, file));
        using var unzipped = file.EndsWith(".gz", StringComparison.Ordinal)
            ? new System.IO.Compression.GZipStream(content, System.IO.Compression.CompressionMode.Decompress)
            : (Stream)content;
        using var document = JsonDocument.Parse(unzipped);
        return document.RootElement.Clone();
    }

    private static TheoryData<string> Files(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Corpus, folder))
                .Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal),
        ];
}
