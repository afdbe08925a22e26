using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Testing.Proofs;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, "JSON: a universe": the engine on portable problem files.</summary>
public sealed class SolveCommandTests : IDisposable
{
    private const string Satisfiable = """
        { "name": "yes", "scheme": "number", "root": ["app [0, )"],
          "packages": { "app": [ { "version": "1", "requires": ["lib [1, 2]"] } ],
                        "lib": [ { "version": "1" }, { "version": "2" }, { "version": "3" } ], "other": [ { "version": "1" } ] },
          "expected": { "satisfiable": true, "solution": { "app": "1", "lib": "2" } } }
        """;

    private const string Unsatisfiable = """
        { "name": "no", "scheme": "number", "root": ["app [0, )"],
          "packages": { "app": [ { "version": "1", "requires": ["lib [4, )"] } ], "lib": [ { "version": "1" } ] },
          "expected": { "satisfiable": false } }
        """;

    private const string Queries = """
        { "name": "many", "scheme": "number",
          "packages": { "app": [ { "version": "1" }, { "version": "2" } ] },
          "queries": [ { "root": ["app [0, )"], "satisfiable": true, "root_max": { "app": "2" } },
                       { "root": ["app [3, )"], "satisfiable": false },
                       { "root": ["app [1, 1]"], "satisfiable": true, "root_max": { "app": "2" } } ] }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_solution_is_one_object_on_one_line_and_holds_what_the_roots_reach()
    {
        var run = Invocation.Of("solve", folder.Write("yes.json", Satisfiable), "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var line = Assert.Single(Lines(run));
        Assert.Equal("resolver.solution/1", line.GetProperty("schema").GetString());
        Assert.Equal("yes", line.GetProperty("name").GetString());
        Assert.True(line.GetProperty("satisfiable").GetBoolean());
        Assert.Equal("""{"app":"1","lib":"2"}""", line.GetProperty("packages").GetRawText());
        Assert.True(line.GetProperty("proven").GetBoolean());
        Assert.Equal(
            ["load_ms", "encode_ms", "solve_ms", "decisions", "conflicts", "propagations", "peak_bytes"],
            line.GetProperty("stats").EnumerateObject().Select(property => property.Name)
        );
        Assert.False(line.TryGetProperty("explanation", out _));
    }

    [Fact]
    public void An_unsatisfiable_file_is_exit_1_and_explains_itself_on_request()
    {
        var file = folder.Write("no.json", Unsatisfiable);

        var plain = Invocation.Of("solve", file, "--format", "json");
        var explained = Invocation.Of("solve", file, "--format", "json", "--explain");

        Assert.Equal(ExitCode.Impossible, plain.ExitCode);
        Assert.False(Lines(plain)[0].TryGetProperty("explanation", out _));
        Assert.Equal(ExitCode.Impossible, explained.ExitCode);
        var explanation = Lines(explained)[0].GetProperty("explanation");
        Assert.Equal("resolver.explanation/1", explanation.GetProperty("schema").GetString());
        Assert.NotEqual(0, explanation.GetProperty("core").GetArrayLength());
    }

    /// <summary>What is left out to see whether the rest suffices may be all that says of an extra that it is to be
    /// inactive, while the build dependency cycle hangs on just that.</summary>
    [Fact]
    public void A_cycle_of_builds_that_hangs_on_an_inactive_extra_is_explained()
    {
        var file = folder.Write(
            "cycle.json",
            """
            { "name": "cycle", "scheme": "pep440", "root": ["app"], "packages": {
                "app": [ { "version": "1", "kind": "wheel", "requires": ["base"] },
                         { "version": "2", "kind": "sdist", "requires": ["tool; extra != 'x' or extra == 'y'"] } ],
                "part": [ { "version": "1", "kind": "sdist", "requires": ["tool; extra != 'y'"] } ],
                "tool": [ { "version": "1", "kind": "sdist", "build_requires": ["base"] } ],
                "base": [ { "version": "1", "kind": "sdist", "requires": ["part"] } ] } }
            """
        );

        var run = Invocation.Of("solve", file, "--explain");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Contains("tool 1 requires base to build; base 1 requires part", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_come_in_the_order_given_and_an_unreadable_file_does_not_stop_the_others()
    {
        var run = Invocation.Of(
            "solve",
            folder.Write("no.json", Unsatisfiable),
            folder["absent.json"],
            folder.Write("bad.json", "{"),
            folder.Write("yes.json", Satisfiable),
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal(["no", "yes"], Lines(run).Select(line => line.GetProperty("name").GetString()));
        Assert.Contains("absent.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("bad.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_fails_does_not_stop_those_after_it_and_the_gravest_failure_is_the_exit_code()
    {
        const string Unreadable = """
            { "name": "odd", "scheme": "pep440", "packages": { "app": [ { "version": "1" } ] },
              "queries": [ { "root": ["app"] }, { "root": ["=="] }, { "root": ["app>1"] } ] }
            """;

        var run = Invocation.Of(
            "solve",
            folder.Write("odd.json", Unreadable),
            folder.Write("yes.json", Satisfiable),
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal(["odd#0", "odd#2", "yes"], Lines(run).Select(line => line.GetProperty("name").GetString()));
        Assert.Contains("odd#1: root '=='", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_that_cannot_be_written_is_reported_and_the_files_after_it_are_tried()
    {
        var run = Invocation.Of(
            "solve",
            folder.Write("no.json", Unsatisfiable),
            folder.Write("yes.json", Satisfiable),
            "--proof",
            folder["absent/no.drat"],
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Empty(Lines(run));
        Assert.Contains("no.drat: cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Contains("no.drat.2: cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_answer_has_a_proof_that_replays()
    {
        var run = Invocation.Of(
            "solve",
            folder.Write("no.json", Unsatisfiable),
            folder.Write("yes.json", Satisfiable),
            "--proof",
            folder["proof"]
        );

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        foreach (var proof in (string[])["proof", "proof.2"])
            Assert.Null(DratChecker.Check(File.ReadAllText(folder[proof + ".cnf"]), File.ReadAllText(folder[proof])));
        Assert.Contains("c selected: lib 2\n", File.ReadAllText(folder["proof.2.cnf"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_query_is_solved_and_named_by_its_place()
    {
        var run = Invocation.Of("solve", folder.Write("many.json", Queries), "--format", "json");

        Assert.Equal(["many#0", "many#1", "many#2"], Lines(run).Select(line => line.GetProperty("name").GetString()));
        Assert.Equal([true, false, true], Lines(run).Select(line => line.GetProperty("satisfiable").GetBoolean()));
    }

    [Fact]
    public void A_check_is_exit_0_where_all_agree_whatever_the_verdicts()
    {
        var run = Invocation.Of(
            "solve",
            "--check",
            folder.Write("no.json", Unsatisfiable),
            folder.Write("yes.json", Satisfiable)
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            "no: unsatisfiable; as expected\nyes: satisfiable, 2 packages, proven best; as expected\n",
            run.Output
        );
    }

    [Fact]
    public void A_check_is_exit_1_where_the_best_root_is_not_reached()
    {
        var run = Invocation.Of("solve", "--check", folder.Write("many.json", Queries), "--format", "json");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Equal([true, true, false], Lines(run).Select(line => line.GetProperty("agrees").GetBoolean()));
        Assert.Equal("expected app 2, found 1", Lines(run)[2].GetProperty("differences")[0].GetString());
    }

    [Theory]
    [InlineData("\"satisfiable\": true", "\"satisfiable\": false")]
    [InlineData("\"lib\": \"2\" } }", "\"lib\": \"1\" } }")]
    [InlineData("\"lib\": \"2\" } }", "\"lib\": \"2\", \"other\": \"1\" } }")]
    [InlineData("\"app\": \"1\", \"lib\": \"2\" } }", "\"app\": \"1\" } }")]
    public void A_check_is_exit_1_where_the_file_expects_something_else(string original, string changed)
    {
        var run = Invocation.Of(
            "solve",
            "--check",
            folder.Write("yes.json", Satisfiable.Replace(original, changed, StringComparison.Ordinal))
        );

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Contains("differs", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Giving_up_is_neither_an_answer_nor_impossible()
    {
        var run = Invocation.Of(
            "solve",
            folder.Write("no.json", Unsatisfiable),
            "--conflict-limit",
            "0",
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.GaveUp, run.ExitCode);
        Assert.Equal(JsonValueKind.Null, Lines(run)[0].GetProperty("satisfiable").ValueKind);
    }

    [Fact]
    public void The_result_goes_to_the_file_that_is_named_and_nowhere_else()
    {
        var run = Invocation.Of("solve", folder.Write("yes.json", Satisfiable), "-o", folder["out.json"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("resolver.solution/1", File.ReadAllText(folder["out.json"]), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Theory]
    [InlineData("--keep-going")]
    [InlineData("--dry-run")]
    [InlineData("--prefix", "x")]
    [InlineData("-f", "x")]
    [InlineData("--no-cache")]
    [InlineData("--repeat", "0")]
    [InlineData("--timeout", "-1")]
    [InlineData("--timeout", "soon")]
    [InlineData("--conflict-limit", "many")]
    [InlineData("--solver", "minisat")]
    public void What_solving_has_no_use_for_is_a_wrong_command_line(params string[] arguments)
    {
        var run = Invocation.Of(["solve", folder.Write("yes.json", Satisfiable), .. arguments]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Output);
    }

    private static List<JsonElement> Lines(Invocation run) =>
        [
            .. run
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
}
