using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>A warning lists names that no project has, with what may have been meant.</summary>
public sealed class UnmatchedNamesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public UnmatchedNamesTests()
    {
        PythonOnPath.Need();
        folder.Wheel("jinja2", "3", "py3-none-any");
        folder.Wheel("app", "1", "py3-none-any", "jinja2");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--upgrade-package: no project jinja3; did you mean jinja2?", "-P", "jinja3")]
    [InlineData(
        "--no-binary: no project appp; did you mean app?",
        "--no-binary",
        "appp,jinjja2",
        "--only-binary",
        "app"
    )]
    [InlineData("--only-binary: no project elsewhere", "--only-binary", "elsewhere")]
    [InlineData("exclude: no project jinga2; did you mean jinja2?", "--config", "rules.toml")]
    [InlineData("waive: no project apps; did you mean app?", "--config", "rules.toml")]
    [InlineData("constraints: no project jinja; did you mean jinja2?", "-c", "constraints.txt")]
    public void A_name_that_no_project_has_is_a_warning(string message, params string[] arguments)
    {
        folder.Write(
            "rules.toml",
            "exclude = ['jinga2==3']\n[[waive]]\nproject = 'apps'\nrequirement = 'jinja2'\nreason = 'x'\n"
        );
        folder.Write("constraints.txt", "jinja<4\nnot-here<2\n");

        var run = Run([.. arguments.Select(each => each.EndsWith("ml") || each.EndsWith("txt") ? folder[each] : each)]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains($"warning: {message}\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-here", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_projects_have_are_not_reported()
    {
        folder.Write("constraints.txt", "Jinja2<4\nnot-here<2\n");

        var run = Run("-P", "Jinja2", "--only-binary", "app", "-c", folder["constraints.txt"]);

        Assert.Equal("", run.Error);
    }

    private Invocation Run(params string[] arguments) =>
        Invocation.Of(["plan", "app", "-f", folder["archive"], "--no-installed", .. arguments]);
}
