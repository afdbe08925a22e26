using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Archives.Metadata.PythonSource;
using Resolver.Archives.Reading;
using Resolver.Packaging.Distributions;
using Xunit;

namespace Resolver.Archives.Tests.Metadata;

/// <summary>One budget bounds what reading a file costs, whatever its values are; honest work grows with the file and
/// no faster.</summary>
public sealed class ReadingBudgetTests
{
    private static string Sum(int lists) =>
        $"x = {string.Join('+', Enumerable.Repeat("['a']", lists))}\nsetup(name='n', version='1', install_requires=x)";

    private static long CostOf(string script)
    {
        var budget = new ReadingBudget();
        PythonModule.Read(script, budget)!.SetupArguments();
        return budget.Spent;
    }

    public static TheoryData<string, Func<int, string>> Growing =>
        new()
        {
            { "a sum of lists", Sum },
            { "a sum of texts", n => $"setup(name={string.Join('+', Enumerable.Repeat("'a'", n))})" },
            { "a list of one text", n => $"a = 'b'\nsetup(x=[{string.Join(',', Enumerable.Repeat("a", n))}])" },
            { "splats of a short list", n => $"a = ['b']\nsetup(x=[{string.Join(',', Enumerable.Repeat("*a", n))}])" },
            { "keys of a dict", n => $"a = {{}}\n{Lines(n, i => $"a['{i}'] = 1")}setup(**a)" },
            { "names of names", n => $"a0 = 'x'\n{Lines(n, i => $"a{i + 1} = a0")}setup(name=a0)" },
            { "calls", n => $"{Lines(n, _ => "setup(name='a')")}" },
            { "brackets", n => $"{Lines(n, _ => "f([(x)])[0].y = {1: 2}")}setup(name='a')" },
        };

    private static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    [Theory]
    [MemberData(nameof(Growing))]
    public void Work_grows_with_the_file_and_no_faster(string what, Func<int, string> script)
    {
        var (small, large) = (CostOf(script(500)), CostOf(script(4000)));

        Assert.True(large < 9 * small, $"{what}: {small} for 500 and {large} for 4,000");
    }

    [Fact]
    public void A_sum_of_a_hundred_thousand_lists_is_read()
    {
        var arguments = PythonModule.Read(Sum(100_000))!.SetupArguments()!;

        Assert.Equal(100_000, ((PythonValue.Sequence)arguments["install_requires"]!).Items.Count);
    }

    public static TheoryData<string, string> Hostile =>
        new()
        {
            {
                "many long sums",
                $"a = '{new string('x', 262_000)}'\nsetup(name='n', keywords=[{Repeated("a+a+a+a", 90_000)}])"
            },
            {
                "splats of a long list",
                $"a = [{Repeated("1", 50_000)}]\nsetup(name='n', keywords=[{Repeated("[*a]", 50_000)}])"
            },
            {
                "splits of a long text",
                $"a = '{string.Concat(Enumerable.Repeat("b ", 100_000))}'\nsetup(name='n', "
                    + $"keywords=[{Repeated("a.split()", 50_000)}])"
            },
        };

    private static string Repeated(string text, int times) => string.Join(',', Enumerable.Repeat(text, times));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_script_that_would_fill_any_memory_ends_within_the_budget(string what, string script)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = Read(("setup.py", script));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300L << 20);
        Assert.Contains(read.Problems, each => each.Code == "metadata-too-large" && !each.Fatal);
        Assert.True(read.RequiresDist is null, what);
    }

    /// <summary>The other values of the same file that stronger sources state are kept.</summary>
    [Fact]
    public void What_a_stronger_source_says_is_known_beside_a_value_that_is_too_large()
    {
        var (_, script) = Hostile.Select(row => row.Data).First();

        var read = Read(
            ("pyproject.toml", "[project]\nname = 'a'\nversion = '1'\ndependencies = ['b']\n"),
            ("setup.py", script)
        );

        Assert.Equal(("a", "1"), (read.Name?.Normalized, read.Version?.ToString()));
    }

    [Fact]
    public void Lists_that_are_named_many_times_end_within_the_budget()
    {
        var lines = string.Concat(Enumerable.Repeat("b\n", 5_000));
        var names = string.Join(',', Enumerable.Repeat("r.txt", 60_000));
        var extras = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"e{i} = file: r.txt\n"));

        foreach (
            var config in (string[])
                [
                    $"[metadata]\nname = a\nversion = 1\n[options]\ninstall_requires = file: {names}\n",
                    $"[metadata]\nname = a\nversion = 1\n[options.extras_require]\n{extras}",
                ]
        )
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var read = Read(("setup.cfg", config), ("setup.py", "setup()"), ("r.txt", lines));

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 900L << 20);
            Assert.Null(read.RequiresDist);
            Assert.Contains(read.Problems, each => each.Code == "metadata-too-large");
        }
    }

    [Fact]
    public void A_section_with_a_long_marker_and_many_lines_ends_within_the_budget()
    {
        var marker = string.Join(" or ", Enumerable.Range(0, 2_000).Select(i => $"python_version == '{i}'"));
        var budget = new ReadingBudget();

        Assert.Throws<ReadingBudgetException>(() =>
            EggInfo.ReadRequires($"[:{marker}]\n{string.Concat(Enumerable.Repeat("b\n", 60_000))}", budget)
        );
    }

    /// <summary>The cost of a lookup of extras once took the product of dependencies and members.</summary>
    [Fact]
    public void Thousands_of_optional_dependencies_in_several_extras_are_read_at_once()
    {
        var names = Enumerable.Range(0, 3_000).Select(i => $"d{i}").ToList();
        var toml =
            "[build-system]\nrequires = ['poetry-core']\nbuild-backend = "
            + "'poetry.core.masonry.api'\n[tool.poetry]\nname = 'a'\nversion = '1'\n[tool.poetry.dependencies]\n"
            + string.Concat(names.Select(name => $"{name} = {{version = '*', optional = true}}\n"))
            + "[tool.poetry.extras]\n"
            + string.Concat(Enumerable.Range(0, 10).Select(i => $"x{i} = ['{string.Join("','", names)}']\n"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Read(("pyproject.toml", toml));

        Assert.Equal(3_000, read.RequiresDist!.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600L << 20);
    }

    private static Distribution Read(params (string Path, string Text)[] files)
    {
        using var scratch = new Scratch();
        foreach (var (path, text) in files)
            scratch.Write($"tree/{path}", text);
        return SourceProject.Read(
            new TreeFiles(scratch["tree"]),
            new Distribution { Path = "tree", Kind = DistributionKind.Tree }
        );
    }
}
