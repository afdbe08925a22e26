using Microsoft.Playwright;
using Resolver.Application.Planning;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Cli.Rendering.Pages;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Plans;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Browser.Tests;

/// <summary>The HTML report of a whole archive, in a real browser.</summary>
public sealed class ArchivePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1400)]
    [InlineData(ColorScheme.Dark, 1400)]
    [InlineData(ColorScheme.Light, 820)]
    [InlineData(ColorScheme.Dark, 380)]
    public async Task It_is_readable_at_any_width_in_light_and_in_dark_without_a_network(ColorScheme scheme, int width)
    {
        await using var report = await chromium.OpenAsync(Page(400), width, 900, scheme);
        await report.Page.ClickAsync("#rows tr:nth-child(5) button");

        await report.MustBeReadableAsync();
        await report.PictureAsync($"archive-{scheme}-{width}");
    }

    [Theory]
    [InlineData(1400)]
    [InlineData(1024)]
    [InlineData(901)]
    [InlineData(768)]
    [InlineData(620)]
    [InlineData(400)]
    public async Task No_column_of_the_projects_is_cut_off(int width)
    {
        await using var report = await chromium.OpenAsync(Page(400), width, 900);

        Assert.Equal(
            0,
            await report.AskAsync<int>(
                "() => (table => table.scrollWidth - table.clientWidth)(document.querySelector('#table'))"
            )
        );
    }

    [Fact]
    public async Task Ten_thousand_distributions_are_searched_and_few_rows_are_in_the_page()
    {
        await using var report = await chromium.OpenAsync(Page(10_000));

        Assert.Equal("2,500 projects", await report.Page.InnerTextAsync("#found"));
        Assert.Equal(100, await Rows(report));
        await report.Page.ClickAsync("#after");
        Assert.Equal("101 to 200 of 2,500", await report.Page.InnerTextAsync("#range"));
        await report.Page.FillAsync("#search", "project-123");
        // project-123 and project-1230 to project-1239; the one that is called so comes first.
        Assert.Equal("11 of 2,500 projects", await report.Page.InnerTextAsync("#found"));
        Assert.Equal("project-123", await report.Page.InnerTextAsync("#rows tr:first-child button"));
        await report.Page.SelectOptionAsync("#show", "not");
        Assert.Equal("1 of 2,500 projects", await report.Page.InnerTextAsync("#found"));
        Assert.Equal("project-1239", await report.Page.InnerTextAsync("#rows tr:first-child button"));
    }

    [Fact]
    public async Task A_project_shows_its_files_its_requirements_its_dependents_and_why_it_is_not_planned()
    {
        await using var report = await chromium.OpenAsync(Page(400));
        await report.Page.FillAsync("#search", "project-9");
        await report.Page.Keyboard.PressAsync("Enter");

        var details = await report.Page.InnerTextAsync("#details");
        Assert.StartsWith("project-9\n", details, StringComparison.Ordinal);
        Assert.Contains(
            "Not planned: project-9 4.0 requires absent>=2, but the archive has no absent",
            details,
            StringComparison.Ordinal
        );
        Assert.Contains("archive/project_9-4.0.tar.gz", details, StringComparison.Ordinal);
        Assert.Contains("setuptools>=40 not in the archive", details, StringComparison.Ordinal);
        Assert.Contains("REQUIRED BY: ", details, StringComparison.OrdinalIgnoreCase);
        await report.Page.ClickAsync("#details h3:last-of-type + ul button.link");
        Assert.DoesNotContain("project-9\n", await report.Page.InnerTextAsync("#details h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_unblocks_most_projects_comes_first()
    {
        await using var report = await chromium.OpenAsync(Page(400));

        Assert.Equal(
            "absent>=2,rare",
            await report.AskAsync<string>(
                "() => [...document.querySelectorAll('[aria-labelledby=missing] tbody th')].map(each => "
                    + "each.textContent).join()"
            )
        );
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard()
    {
        await using var report = await chromium.OpenAsync(Page(400));

        await report.Page.Keyboard.PressAsync("/");
        await report.Page.Keyboard.TypeAsync("project-1");
        await report.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("project-1", await Focused());
        await report.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("project-10", await Focused());
        await report.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("project-10", await report.Page.InnerTextAsync("#details h2"));
        Assert.Equal("project-10 is selected.", await report.Page.InnerTextAsync("#said"));
        await report.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("100 projects", await report.Page.InnerTextAsync("#found"));
        await report.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("Nothing selected", await report.Page.InnerTextAsync("#details h2"));

        Task<string> Focused() => report.AskAsync<string>("() => document.activeElement.textContent");
    }

    [Fact]
    public async Task A_heading_sorts_and_says_so()
    {
        await using var report = await chromium.OpenAsync(Page(400));

        await report.Page.ClickAsync("th[data-sort=size] button");
        Assert.Equal("descending", await report.Page.GetAttributeAsync("th[data-sort=size]", "aria-sort"));
        Assert.Equal("none", await report.Page.GetAttributeAsync("th[data-sort=name]", "aria-sort"));
        await report.Page.ClickAsync("th[data-sort=name] button");
        await report.Page.ClickAsync("th[data-sort=name] button");
        Assert.Equal("descending", await report.Page.GetAttributeAsync("th[data-sort=name]", "aria-sort"));
        Assert.Equal("project-99", await report.Page.InnerTextAsync("#rows tr:first-child button"));
    }

    [Fact]
    public async Task Everything_has_a_name_for_a_screen_reader_and_tables_have_headings()
    {
        await using var report = await chromium.OpenAsync(Page(400));

        Assert.Equal(
            "",
            await report.AskAsync<string>(
                """
                () => [...document.querySelectorAll('button, input, select, [tabindex="0"]')]
                  .filter(each => !(each.getAttribute('aria-label') || each.labels?.length || each.textContent.trim())).map(each => each.outerHTML).join()
                """
            )
        );
        Assert.Equal(1, await report.AskAsync<int>("() => document.querySelectorAll('h1').length"));
        Assert.True(
            await report.AskAsync<bool>(
                "() => [...document.querySelectorAll('table')].every(table => table.querySelectorAll('thead "
                    + "th[scope=col]').length > 1 && [...table.querySelectorAll('tbody tr')].every(row => "
                    + "row.querySelector('th[scope=row]')))"
            )
        );
    }

    [Fact]
    public async Task What_strangers_wrote_is_text_and_never_markup()
    {
        const string evil = "</script><script>window.evil=1</script><img src=x onerror=window.evil=1>\u202e\"'&";
        var file = new Distribution
        {
            Path = $"archive/{evil}.tar.gz",
            Kind = DistributionKind.Sdist,
            Name = PackageName.Parse("plain"),
            Version = Version.Parse("1"),
            Sha256 = new string('0', 64),
            RequiresDist = [Requirement.Parse("other; python_version > '</script><img src=x onerror=window.evil=1>'")],
            Problems = [new ArchiveProblem("bad", "", evil, true)],
        };
        var page = ArchivePage.Of(
            [evil],
            ArchiveReport.Of([file, file with { Path = evil }, file with { Name = null, Path = $"x{evil}" }], [evil]),
            new ArchiveSurvey
            {
                Plan = new Plan(
                    new Dictionary<string, string> { ["sys_platform"] = evil },
                    [],
                    [],
                    [new LeftOut(file.Path, "plain", "1", evil, evil)],
                    new PlanStatistics()
                ),
                NoPlan = evil,
                Missing = new MissingList([new(evil, [evil], [evil], 1)], 1, null),
            },
            DateTimeOffset.UnixEpoch
        );

        await using var report = await chromium.OpenAsync(page);
        await report.Page.ClickAsync("#rows button");
        await report.Page.FillAsync("#search", "onerror");

        Assert.True(await report.AskAsync<bool>("() => window.evil === undefined"));
        Assert.Equal(0, await report.AskAsync<int>("() => document.querySelectorAll('img').length"));
        Assert.Empty(report.Errors);
        Assert.DoesNotContain("\u202e", await report.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        Assert.Contains("onerror", await report.Page.InnerTextAsync("#details"), StringComparison.Ordinal);
    }

    private static string Page(int distributions)
    {
        var (report, survey) = LargeArchive.Of(distributions);
        return ArchivePage.Of(["archive"], report, survey, DateTimeOffset.UnixEpoch);
    }

    private static Task<int> Rows(OpenReport report) =>
        report.AskAsync<int>("() => document.querySelectorAll('#rows tr').length");
}
