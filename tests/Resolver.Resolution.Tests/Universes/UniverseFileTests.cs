using System.IO.Compression;
using System.Text;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;
using Xunit;

namespace Resolver.Resolution.Tests.Universes;

/// <summary>Universe files: what they may hold, and how a wrong one is told.</summary>
public sealed class UniverseFileTests
{
    private const string Number = """
        { "ignored": [1, {"a": null}], "packages": {
            "app": [ { "version": "0", "requires": ["lib [0, 1)"] }, { "version": "1", "note": true, "requires": ["lib [1, 2) || [3, 4)"] } ],
            "lib": [ { "version": "0" }, { "version": "1" }, { "version": "2" }, { "version": "3" } ] },
          "name": "toy", "scheme": "number", "root": ["app"], "expected": { "satisfiable": true, "root_max": { "app": "1" } } }
        """;

    [Fact]
    public void Fields_may_come_in_any_order_and_unknown_ones_are_ignored()
    {
        var universe = Read(Number);

        Assert.Equal(
            ("toy", UniverseScheme.Number, 6, 2),
            (universe.Name, universe.Scheme, universe.CandidateCount, universe.ProjectCount)
        );
        Assert.Equal("app 1, lib 3", Solve(universe));
        Assert.True(universe.Queries[0].Expected!.Satisfiable);
        Assert.Equal([new("app", "1")], universe.Queries[0].Expected!.RootMax!);
    }

    [Fact]
    public void Gzip_and_a_byte_order_mark_are_read_through()
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress, true))
            gzip.Write(Encoding.UTF8.GetBytes('\uFEFF' + Number));
        zipped.Position = 0;

        Assert.Equal("app 1, lib 3", Solve(UniverseFile.Read(zipped, "toy.json.gz")));
    }

    [Fact]
    public void The_binary_form_gives_the_same_universe()
    {
        var universe = Read(Number);
        using var binary = new MemoryStream();
        UniverseFile.WriteBinary(universe, binary);
        binary.Position = 0;

        var again = UniverseFile.Read(binary, "toy.universe");

        Assert.Equal("app 1, lib 3", Solve(again));
        Assert.Equal(universe.Name, again.Name);
        Assert.Equal(universe.Queries[0].Root, again.Queries[0].Root);
        Assert.Equal(universe.Queries[0].Expected!.RootMax!, again.Queries[0].Expected!.RootMax!);
    }

    [Fact]
    public void A_binary_universe_with_any_byte_changed_or_cut_short_is_read_or_refused_but_never_crashes()
    {
        using var binary = new MemoryStream();
        UniverseFile.WriteBinary(Read(Number), binary);
        var bytes = binary.ToArray();
        for (var i = 4; i < bytes.Length; i++)
        {
            foreach (var change in (byte[])[0x01, 0x80, 0xFF])
            {
                var damaged = bytes.ToArray();
                damaged[i] ^= change;
                TryToSolve(damaged);
            }

            TryToSolve(bytes[..i]);
        }
    }

    [Fact]
    public void The_order_of_projects_candidates_and_requirements_in_the_file_does_not_matter()
    {
        const string one =
            """{"scheme":"number","root":["a"],"packages":{"a":[{"version":"0","requires":["c","b"]},{"version":"1","requires":["b [0]","c [0]"]}],"b":[{"version":"0","requires":["c [1]"]},{"version":"1"}],"c":[{"version":"0"},{"version":"1"}]}}""";
        const string other =
            """{"scheme":"number","root":["a"],"packages":{"c":[{"version":"1"},{"version":"0"}],"b":[{"version":"1"},{"version":"0","requires":["c [1]"]}],"a":[{"version":"1","requires":["c [0]","b [0]"]},{"version":"0","requires":["b","c"]}]}}""";

        Assert.Equal("a 0, b 1, c 1", Solve(Read(one)));
        Assert.Equal("a 0, b 1, c 1", Solve(Read(other)));
    }

    [Fact]
    public void Each_query_is_a_question_of_its_own()
    {
        var universe = Read(
            """{"name":"n","scheme":"number","packages":{"a":[{"version":"0"},{"version":"1"}]},"queries":[{"root":["a [0]"],"satisfiable":true},{"root":["a [2]"],"satisfiable":false}]}"""
        );

        Assert.Equal(["n#0", "n#1"], universe.Queries.Select(query => query.Name));
        Assert.Equal("a 0", Solve(universe));
        Assert.Equal("none", Solve(universe, 1));
    }

    [Theory]
    [InlineData("[2]", "2")]
    [InlineData("[1, 3)", "2")]
    [InlineData("(1, 3)", "2")]
    [InlineData("(, 2]", "2")]
    [InlineData("[3,)", "4")]
    [InlineData("2", "4")]
    [InlineData("", "4")]
    [InlineData("*", "4")]
    [InlineData("[1, 3) && [0, 1]", "1")]
    [InlineData("[0, 0) || [0, 2) && [1, 9]", "1")]
    [InlineData("[3] && [2] || [0]", "0")]
    [InlineData("[1, 1)", null)]
    [InlineData("[3, 1]", null)]
    [InlineData("[99999999999999999999999999]", null)]
    [InlineData("[0, 99999999999999999999999999]", "4")]
    public void A_range_holds_what_interval_notation_says(string range, string? highest)
    {
        var universe = Read(
            $$$"""{"scheme":"number","root":["a {{{range}}}"],"packages":{"a":[{"version":"0"},{"version":"1"},{"version":"2"},{"version":"3"},{"version":"4"}]}}"""
        );

        Assert.Equal(highest is null ? "none" : $"a {highest}", Solve(universe));
    }

    [Fact]
    public void Numbers_of_any_length_are_versions()
    {
        var universe = Read(
            """{"scheme":"number","root":["a [2, 170141183460469231731687303715884105728)"],"packages":{"a":[{"version":"3"},{"version":"170141183460469231731687303715884105727"},{"version":"170141183460469231731687303715884105728"}]}}"""
        );

        Assert.Equal("a 170141183460469231731687303715884105727", Solve(universe));
    }

    [Theory]
    [InlineData("[1.0.0, 2.0.0)", "2.0.0-rc.1")]
    [InlineData("[1.0.0, 2.0.0-0)", "1.10.0")]
    [InlineData("1.9.0", "2.0.0")]
    [InlineData("[1.9]", "1.9.0")]
    [InlineData("(, 1.10.0)", "1.10.0-beta")]
    [InlineData("[1.9.0, 1.9.0)", null)]
    [InlineData("[1.0.0, 1.9.5] || [2.0.0]", "2.0.0")]
    public void Semver_ranges_hold_what_lies_between_their_bounds(string range, string? highest)
    {
        var universe = Read(
            $$$"""{"scheme":"semver","root":["a {{{range}}}"],"packages":{"a":[{"version":"1.10.0"},{"version":"1.9.0"},{"version":"1.10.0-beta"},{"version":"2.0.0-rc.1"},{"version":"2.0.0"}]}}"""
        );

        Assert.Equal(highest is null ? "none" : $"a {highest}", Solve(universe));
    }

    [Fact]
    public void A_pep440_universe_becomes_candidates()
    {
        var universe = Assert.IsType<CandidateUniverse>(
            Read(
                """
                { "scheme": "pep440", "environment": { "python_version": "3.12", "no_such": "x" }, "root": ["app[x]"], "preferred": { "lib": "1.0" }, "overrides": { "lib": "<3" },
                  "packages": { "App": [ { "version": "1.0", "requires": ["lib; python_version>='3.8'"], "extras": { "x": ["more>=1", "lib; os_name=='posix'"] }, "kind": "wheel",
                                           "requires_python": ">=3.7", "yanked": true, "usable": false, "unusable_because": "no" } ] } }
                """
            )
        );

        var candidate = Assert.Single(universe.CandidatesOf(universe.Projects.Single()));
        Assert.Equal(
            [
                "lib; python_version >= \"3.8\"",
                "more>=1; extra == \"x\"",
                "lib; os_name == \"posix\" and extra == \"x\"",
            ],
            candidate.Requires!.Select(each => each.ToString())
        );
        Assert.Equal(
            (true, "no", "3.12"),
            (candidate.Yanked, candidate.UnusableBecause, universe.Environment.PythonVersion)
        );
        Assert.Equal("App", universe.ProjectText(candidate.Name));
        Assert.Equal("lib<3", universe.Overrides.Single().ToString());
    }

    [Fact]
    public void Versions_that_say_the_same_share_what_they_say_and_each_keeps_its_own_spelling()
    {
        var universe = Assert.IsType<CandidateUniverse>(
            Read(
                """
                { "root": ["app"], "packages": { "app": [
                    { "version": "1.0", "requires": ["lib>=1"], "build_requires": ["tool"] },
                    { "version": "1.1", "requires": ["lib>=1"], "build_requires": ["tool"] },
                    { "version": "1.2", "requires": ["Lib>=1"], "build_requires": ["tool"], "kind": "wheel" },
                    { "version": "01.3", "requires": ["lib>=1"] } ] } }
                """
            )
        );
        var app = universe.Projects.Single();
        var candidates = universe.CandidatesOf(app);

        Assert.Same(candidates[0].Requires, candidates[1].Requires);
        Assert.Same(candidates[0].BuildRequires, candidates[1].BuildRequires);
        Assert.Same(candidates[0], universe.CandidatesOf(app)[0]);
        Assert.Equal(["1.0", "1.1", "1.2", "01.3"], candidates.Select(universe.VersionText));

        var problem = (CandidateProblem)universe.CreateProblem(universe.Queries.Single()).Problem;
        var variable = problem.VariableOf(app);
        var texts = Enumerable
            .Range(0, 4)
            .Select(each => problem.RequirementsOf(variable, each).ToArray().Select(problem.TextOf))
            .ToList();
        Assert.Equal(
            [
                ["lib>=1", "tool"],
                ["lib>=1", "tool"],
                ["Lib>=1"],
                ["lib>=1"],
            ],
            texts
        );
    }

    [Theory]
    [InlineData("{", "toy.json: the file ends too early", "toy.json: line")]
    [InlineData(
        """{"scheme":"cargo"}""",
        "toy.json: scheme: there is no scheme 'cargo'; known are pep440, semver and number",
        ""
    )]
    [InlineData(
        """{"scheme":"number","packages":{"a":[{"version":"0","requires":["b [0, 1)"]},{"version":"1","requires":["b [0, x)"]}]}}""",
        "toy.json: packages.a[1].requires[0]: 'x' is no natural number",
        ""
    )]
    [InlineData(
        """{"scheme":"number","packages":{"a":[{"version":"0"},{"version":"1.5"}]}}""",
        "toy.json: packages.a[1].version: '1.5' is no natural number",
        ""
    )]
    [InlineData(
        """{"scheme":"number","packages":{"a":[{"requires":[]}]}}""",
        "toy.json: packages.a[0]: a candidate needs a version",
        ""
    )]
    [InlineData(
        """{"scheme":"number","packages":{"a":{}}}""",
        "toy.json: packages: expected a list, found an object",
        ""
    )]
    [InlineData(
        """{"scheme":"number","root":["b (0]"]}""",
        "toy.json: root: the range '(0]' needs a comma, or one version in square brackets",
        ""
    )]
    [InlineData(
        """{"scheme":"pep440","packages":{"a":[{"version":"one"}]}}""",
        "",
        "toy.json: packages.a[0].version: "
    )]
    [InlineData(
        """{"packages":{"a":[{"version":"1"},{"version":"2","build_requires":["b","c =="]}]}}""",
        "",
        "toy.json: packages.a[1].build_requires[1]: "
    )]
    [InlineData(
        """{"packages":{"a":[{"version":"1","extras":{"x":["b !"]}}]}}""",
        "",
        "toy.json: packages.a[0].extras.x[0]: "
    )]
    [InlineData(
        """{"packages":{"a":[{"version":"1","kind":"egg"}]}}""",
        "toy.json: packages.a[0].kind: there is no kind 'egg'; known are sdist, wheel, installed and tree",
        ""
    )]
    [InlineData(
        """{"packages":{"a":[{"version":"1","requires":["b",2]}]}}""",
        "",
        "toy.json: packages.a[0].requires: expected a string, found a number"
    )]
    [InlineData("""{"packages":{"a.b":[],"A-B":[]}}""", "toy.json: packages: 'A-B' and 'a.b' are one project", "")]
    [InlineData(
        """{"scheme":"number","packages":{"a":[],"a":[]}}""",
        "toy.json: packages: the project 'a' is listed twice",
        ""
    )]
    public void A_wrong_file_is_reported_with_its_place_and_reason(string json, string message, string start)
    {
        var thrown = Assert.Throws<UniverseFormatException>(() => Read(json));

        if (start.Length == 0)
            Assert.Equal(message, thrown.Message);
        else
            Assert.StartsWith(start, thrown.Message, StringComparison.Ordinal);
    }

    private static Universe Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return UniverseFile.Read(stream, "toy.json");
    }

    private static string Solve(Universe universe, int query = 0)
    {
        var (problem, text) = universe.CreateProblem(universe.Queries[query]);
        return
            new DomainSolver().Solve(problem, SolveOptions.Default) is Outcome.Satisfiable { Selection: var selection }
            ? string.Join(
                ", ",
                selection.Order.Select(variable =>
                    $"{text.ProjectOf(variable)} {text.VersionOf(variable, selection[variable])}"
                )
            )
            : "none";
    }

    private static void TryToSolve(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            Solve(UniverseFile.Read(stream, "toy.universe"));
        }
        catch (UniverseFormatException)
        {
            // Refused: that is the other allowed outcome.
        }
    }
}
