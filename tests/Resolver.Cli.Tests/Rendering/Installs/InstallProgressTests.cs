using Resolver.Cli.Context;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Terminal;
using Resolver.Execution;
using Resolver.Execution.Outcomes;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Tests.Rendering.Installs;

/// <summary>What a person sees while a plan is run.</summary>
public sealed class InstallProgressTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        error.Dispose();
    }

    [Fact]
    public void A_region_is_erased_line_for_line_before_anything_else_is_written()
    {
        var region = new LiveRegion(error, () => 12);

        region.Draw(["one", "two is too long"]);
        region.Print("stays");
        region.Draw(["three"]);
        region.Clear();
        region.Clear();

        Assert.Equal("one\ntwo is too \n" + "\r\e[2A\e[Jstays\n" + "three\n" + "\r\e[1A\e[J", error.ToString());
    }

    [Fact]
    public void A_line_is_cut_by_columns_and_never_inside_a_character()
    {
        new LiveRegion(error, () => 13).Draw(["日本語日本語日", "ab😀😀😀😀😀😀"]);

        Assert.Equal("日本語日本語\nab😀😀😀😀😀\n", error.ToString());
    }

    [Fact]
    public void On_a_terminal_what_is_under_way_is_shown_with_the_last_line_of_its_log_made_harmless()
    {
        var log = folder.Write("log", "$ pip wheel\nfirst\n\e]0;owned\acompiling\n");
        using (var progress = Progress(terminal: true))
        {
            progress.Report(new ExecutionEvent.RunStarted("run", 2));
            progress.Report(new ExecutionEvent.BuildStarted(Step("letters"), log));
        }

        Assert.Contains("0 of 2 installed", error.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"letters 1\.0  building +\d+\.\d s  \\x1b\]0;owned\\x07compiling", error.ToString());
        Assert.EndsWith("\e[J", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_there_are_plain_lines_of_what_is_done_and_nothing_else()
    {
        using var progress = Progress(terminal: false);
        progress.Report(new ExecutionEvent.RunStarted("run", 1));
        progress.Report(new ExecutionEvent.BuildStarted(Step("letters"), "none"));
        progress.Report(new ExecutionEvent.BuildFinished(Step("letters"), TimeSpan.FromSeconds(1.5), 2048));
        progress.Report(new ExecutionEvent.StepStarted(Step("letters"), 1, "none"));
        progress.Report(new ExecutionEvent.VersionRemoved(Step("letters"), "letters 0.9"));
        progress.Report(new ExecutionEvent.StepFinished(Step("letters"), 1, TimeSpan.FromSeconds(0.5), 3, 1_234_567));

        Assert.Equal(
            "built letters 1.0  1.5 s, 2.0 kB\nletters: letters 0.9 is taken out first\n[1/1] letters 1.0 (sdist)  "
                + "0.5 s\n",
            error.ToString()
        );
        Assert.Equal("1 built in 1.5 s of work, 3 files, 1.2 MB", progress.Tally.Text());
        Assert.Equal(["letters 1.0 in place of letters 0.9"], progress.Tally.Replaced);
    }

    [Fact]
    public void A_dry_run_says_what_it_would_change()
    {
        var text = InstallReport.Of(
            [
                new StepPreview(Step("letters"), true, "letters 0.9", 1500),
                new StepPreview(Step("inkpot"), false, null, 500),
            ],
            "/a\n/prefix"
        );

        Assert.Equal(
            "letters 1.0 in place of letters 0.9\nWould install 2 distributions into /a\\x0a/prefix: 1 to build, 1 "
                + "built before, 2.0 kB of archives. Nothing was done.\n",
            text
        );
    }

    private InstallProgress Progress(bool terminal) =>
        new(
            new CommandContext(
                TextWriter.Null,
                error,
                new ConsoleEnvironment { ErrorIsTerminal = terminal },
                new OutputSettings(OutputFormat.Text, null, "never", false, false, false)
            )
        );

    private static PlanStep Step(string name) =>
        new(
            1,
            1,
            StepAction.Install,
            new Candidate
            {
                Name = PackageName.Parse(name),
                Version = Version.Parse("1.0"),
                Kind = DistributionKind.Sdist,
                Path = $"{name}.tar.gz",
            },
            [],
            []
        );
}
