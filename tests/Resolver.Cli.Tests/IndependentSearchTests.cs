using System.Diagnostics;

namespace Resolver.Cli.Tests;

/// <summary>A sample of <c>tests/independent-search</c>: a search in Python that shares nothing with the program gives
/// the same verdicts and selections. CONTRIBUTING says how to run it for longer.</summary>
public sealed class IndependentSearchTests
{
    private static readonly string Program = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "resolver.dll")}'";

    [Fact]
    public void Random_universes_are_answered_as_an_independent_search_answers_them()
    {
        var (exitCode, output) = Search(Program, "--universes", "1000", "--archives", "0");

        Assert.True(exitCode == 0, output);
        Assert.Contains("1000 universes", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_archives_are_planned_as_an_independent_search_plans_them()
    {
        var (exitCode, output) = Search(Program, "--universes", "0", "--archives", "4", "--jobs", "2");

        Assert.True(exitCode == 0, output);
        Assert.Contains("4 archives", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_answers_otherwise_is_noticed()
    {
        // It says of every question that nothing but p0 1.0 is selected.
        const string Liar =
            "import json, sys; "
            + "[print(json.dumps({'name': json.load(open(f))['name'], 'satisfiable': True, 'packages': {'p0': "
            + "'1.0'}})) "
            + "for f in sys.argv[2:] if f.endswith('.json') for _ in range(3)]";

        var (exitCode, output) = Search($"python3 -c \"{Liar}\"", "--universes", "5", "--archives", "0");

        Assert.Equal(1, exitCode);
        Assert.Contains("the program says {'p0': '1.0'}", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Search(string program, params string[] options)
    {
        PythonOnPath.NeedPip();
        using var process = Process.Start(PythonOnPath.Script("search.py", ["--resolver", program, .. options]))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
