using Microsoft.Playwright;
using Resolver.Application.Archives;
using Resolver.Cli.Rendering.Pages;
using Resolver.Cli.Rendering.Plans;
using Resolver.Resolution.Plans;

namespace Resolver.Browser.Tests;

/// <summary>The HTML report of a plan, in a real browser.</summary>
public sealed class PlanPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    public async Task It_requires_only_itself_and_nothing_goes_wrong_in_it(int size)
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(size), proven: true));

        Assert.All(
            report.Requests,
            url =>
                Assert.True(
                    url.StartsWith("file:", StringComparison.Ordinal)
                        || url.StartsWith("data:", StringComparison.Ordinal),
                    url
                )
        );
        Assert.Empty(report.Errors);
        Assert.Equal("true", await report.AskAsync<string>("() => document.documentElement.dataset.ready"));
        Assert.Equal(size, await report.AskAsync<int>("() => document.querySelectorAll('.node').length"));
        Assert.Equal(
            size,
            await report.AskAsync<int>("() => document.querySelectorAll('tbody tr[data-order]').length")
        );
        await report.PictureAsync($"plan-{size}");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(500)]
    public async Task Stages_stand_from_left_to_right_and_no_two_packages_overlap(int size)
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(size), proven: true));

        Assert.True(
            await report.AskAsync<bool>(
                """
                () => {
                  const bands = [...document.querySelectorAll('.band')].map(band => band.getBoundingClientRect());
                  return bands.every((band, i) => i === 0 || bands[i - 1].right <= band.left);
                }
                """
            )
        );
        Assert.Equal(
            0,
            await report.AskAsync<int>(
                """
                () => {
                  const boxes = [...document.querySelectorAll('.node')].map(node => node.getBoundingClientRect());
                  let overlaps = 0;
                  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++)
                    if (boxes[i].left < boxes[j].right && boxes[j].left < boxes[i].right && boxes[i].top < boxes[j].bottom && boxes[j].top < boxes[i].bottom) overlaps++;
                  return overlaps;
                }
                """
            )
        );
    }

    [Fact]
    public async Task An_edge_never_runs_behind_a_package_that_it_does_not_belong_to()
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(40), proven: true));
        await report.Page.SelectOptionAsync("#edges", "all");

        Assert.Equal(
            0,
            await report.AskAsync<int>(
                """
                () => {
                  const origin = document.getElementById('space').getBoundingClientRect();
                  const boxes = [...document.querySelectorAll('.node')].map(node => node.getBoundingClientRect()).map(box => ({ left: box.left - origin.left + 3, right: box.right - origin.left - 3, top: box.top - origin.top + 3, bottom: box.bottom - origin.top - 3 }));
                  let behind = 0;
                  for (const path of document.querySelectorAll('#space path.edge')) {
                    const length = path.getTotalLength();
                    for (let at = 0; at <= length; at += 4) {
                      const point = path.getPointAtLength(at);
                      if (boxes.some(box => point.x > box.left && point.x < box.right && point.y > box.top && point.y < box.bottom)) { behind++; break; }
                    }
                  }
                  return behind;
                }
                """
            )
        );
    }

    [Fact]
    public async Task Build_edges_differ_from_runtime_edges_in_form_and_not_only_in_colour()
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(30), proven: true));

        Assert.NotEqual(
            "none",
            await report.AskAsync<string>(
                "() => getComputedStyle(document.querySelector('#space path.edge.build')).strokeDasharray"
            )
        );
        Assert.Equal(
            "none",
            await report.AskAsync<string>(
                "() => getComputedStyle(document.querySelector('#space path.edge:not(.build)')).strokeDasharray"
            )
        );
    }

    [Fact]
    public async Task A_click_says_why_what_it_needs_its_file_and_its_trust()
    {
        var plan = LargePlan.Of(60);
        await using var report = await chromium.OpenAsync(PlanPage.Of(plan, proven: true));
        var step = plan.Steps.First(each => each.Candidate.Weaknesses.Count > 0 && each.Requires.Count > 0);

        await report.Page.ClickAsync($".node[aria-label^='{step.Candidate.Name} {step.Candidate.Version},']");

        var details = await report.Page.InnerTextAsync("#details");
        Assert.Contains($"{step.Candidate.Name} {step.Candidate.Version}", details, StringComparison.Ordinal);
        Assert.Contains(step.Candidate.Path!, details, StringComparison.Ordinal);
        Assert.Contains(step.Candidate.Sha256!, details, StringComparison.Ordinal);
        Assert.Contains("Weak: version by folder-name", details, StringComparison.Ordinal);
        Assert.Contains(step.Requires[0].Requirement.Text, details, StringComparison.Ordinal);
        Assert.Contains("WHY IT IS HERE", details, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            $"{step.Candidate.Name} {step.Candidate.Version} is selected",
            await report.Page.InnerTextAsync("#said"),
            StringComparison.Ordinal
        );
        await report.PictureAsync("plan-60-selected");
    }

    [Fact]
    public async Task A_search_finds_by_name_and_a_press_of_Enter_shows_what_was_found()
    {
        var plan = LargePlan.Of(500);
        await using var report = await chromium.OpenAsync(PlanPage.Of(plan, proven: true));
        var wanted = plan.Steps[321].Candidate;

        await report.Page.Keyboard.PressAsync("/");
        await report.Page.Keyboard.TypeAsync(wanted.Name.Normalized);
        var hits = plan.Steps.Count(step =>
            step.Candidate.Path!.Contains(wanted.Name.Normalized, StringComparison.Ordinal)
        );
        Assert.Equal($"{hits} of 500", await report.Page.InnerTextAsync("#found"));
        Assert.Equal(
            hits,
            await report.AskAsync<int>(
                "() => [...document.querySelectorAll('tbody tr[data-order]')].filter(row => !row.hidden).length"
            )
        );
        await report.Page.Keyboard.PressAsync("Enter");

        Assert.StartsWith(
            $"{wanted.Name} {wanted.Version}",
            await report.Page.InnerTextAsync("#details"),
            StringComparison.Ordinal
        );
        Assert.True(
            await report.AskAsync<bool>(
                "() => { const box = document.querySelector('.node.picked').getBoundingClientRect(), frame = "
                    + "document.getElementById('graph').getBoundingClientRect(); return box.left >= frame.left && "
                    + "box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom; }"
            )
        );
        await report.PictureAsync("plan-500-found");
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard()
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(60), proven: true));

        // One stop of the tabulator for the whole graph; arrows walk inside it.
        Assert.Equal(1, await report.AskAsync<int>("() => document.querySelectorAll('.node[tabindex=\"0\"]').length"));
        await report.Page.FocusAsync(".node[tabindex='0']");
        var first = await Focused();
        await report.Page.Keyboard.PressAsync("Home");
        await report.Page.Keyboard.PressAsync("ArrowDown");
        var second = await Focused();
        await report.Page.Keyboard.PressAsync("Enter");
        Assert.NotEqual(first, second);
        Assert.Contains(second.Split(',')[0], await report.Page.InnerTextAsync("#details"), StringComparison.Ordinal);
        await report.Page.Keyboard.PressAsync("ArrowRight");
        Assert.NotEqual(second, await Focused());
        await report.Page.Keyboard.PressAsync("Escape");
        Assert.Contains("Nothing selected", await report.Page.InnerTextAsync("#details"), StringComparison.Ordinal);

        Task<string> Focused() => report.AskAsync<string>("() => document.activeElement.getAttribute('aria-label')");
    }

    [Fact]
    public async Task Everything_that_can_be_operated_has_a_name_for_a_screen_reader()
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(12), proven: true));

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
        Assert.Equal("en", await report.AskAsync<string>("() => document.documentElement.lang"));
    }

    // WCAG 2.1, success criterion 1.4.3: text has a contrast of 4.5 to 1 with what is behind it.
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_has_contrast_in_light_and_in_dark(ColorScheme scheme)
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(60), proven: false), scheme: scheme);
        await report.Page.ClickAsync(".node.weak");
        await report.Page.Keyboard.PressAsync("Escape");

        Assert.Equal("", await report.AskAsync<string>(Contrast.Script));
        await report.PictureAsync($"plan-60-{scheme}");
    }

    [Fact]
    public async Task The_button_turns_light_into_dark()
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(5), proven: true));
        var light = await Background();

        await report.Page.ClickAsync("#theme");

        Assert.NotEqual(light, await Background());
        Assert.Equal("Light", await report.Page.InnerTextAsync("#theme"));

        Task<string> Background() => report.AskAsync<string>("() => getComputedStyle(document.body).backgroundColor");
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(820, 1180)]
    [InlineData(1920, 1080)]
    public async Task Nothing_sticks_out_of_the_page_at_any_width(int width, int height)
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(60), proven: true), width, height);

        await report.MustFitAsync();
        await report.PictureAsync($"plan-60-{width}");
    }

    [Fact]
    public async Task The_graph_is_saved_as_a_self_contained_picture()
    {
        var plan = LargePlan.Of(30);
        await using var report = await chromium.OpenAsync(PlanPage.Of(plan, proven: true));

        var download = await report.Page.RunAndWaitForDownloadAsync(() => report.Page.ClickAsync("#svg"));

        Assert.Equal("plan.svg", download.SuggestedFilename);
        var picture = System.Xml.Linq.XDocument.Load(await download.PathAsync());
        System.Xml.Linq.XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(svg + "svg", picture.Root!.Name);
        var texts = picture.Descendants(svg + "text").Select(each => each.Value).ToList();
        Assert.All(
            plan.Steps.Where(step => step.Candidate.Name.Normalized.Length < 15),
            step =>
                Assert.Contains(texts, text => text.Contains(step.Candidate.Name.Normalized, StringComparison.Ordinal))
        );
        Assert.Equal(
            await report.AskAsync<int>("() => document.querySelectorAll('#space svg path').length"),
            picture.Descendants(svg + "path").Count()
        );
        // Nothing in it needs a style sheet or another file.
        Assert.All(picture.Descendants(), each => Assert.Null(each.Attribute("class")));
        Assert.DoesNotContain("url(", picture.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edges_from_what_many_require_are_faint_until_it_is_selected()
    {
        await using var report = await chromium.OpenAsync(PlanPage.Of(LargePlan.Of(60), proven: true));
        await report.Page.SelectOptionAsync("#edges", "all");
        const string faintest =
            "() => Math.min(...[...document.querySelectorAll('#space path.edge.many')].map(each => "
            + "Number(getComputedStyle(each).opacity)))";
        const string others =
            "() => Math.min(...[...document.querySelectorAll('#space path.edge:not(.many)')].map(each => "
            + "Number(getComputedStyle(each).opacity)))";

        Assert.True(await report.AskAsync<double>(faintest) < await report.AskAsync<double>(others) / 2);
        await report.Page.ClickAsync(".node >> nth=0");
        Assert.True(
            await report.AskAsync<bool>(
                "() => [...document.querySelectorAll('#space path.edge.lit')].every(each => "
                    + "getComputedStyle(each).opacity === '1')"
            )
        );
    }

    [Fact]
    public async Task Date_size_and_licences_are_shown()
    {
        var plan = LargePlan.Of(12);
        var annex = new PlanAnnex(
            DateTimeOffset.UnixEpoch,
            plan.Steps.Take(3).ToDictionary(step => step.Candidate, _ => new ProjectLicence("MIT </code>", true))
        );
        await using var report = await chromium.OpenAsync(PlanPage.Of(plan, proven: true, annex));

        var header = await report.Page.InnerTextAsync("header");
        Assert.Contains("1970-01-01", header, StringComparison.Ordinal);
        Assert.Contains("12 files, ", header, StringComparison.Ordinal);
        Assert.Contains("Licences: 2", header, StringComparison.Ordinal);
        await report.Page.ClickAsync(
            $".node[aria-label^='{plan.Steps[0].Candidate.Name} {plan.Steps[0].Candidate.Version},']"
        );
        Assert.Contains("licence MIT </code>", await report.Page.InnerTextAsync("#details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_strangers_wrote_is_text_and_never_markup()
    {
        var plan = LargePlan.Of(1);
        var step = plan.Steps[0];
        const string evil = "a</script><script>window.evil=1</script><img src=x onerror=window.evil=1>\u202e.tar.gz";
        var hostile = plan with
        {
            Steps =
            [
                step with
                {
                    Candidate = new()
                    {
                        Name = step.Candidate.Name,
                        Version = step.Candidate.Version,
                        Kind = step.Candidate.Kind,
                        Path = evil,
                        Weaknesses = [evil],
                    },
                },
            ],
        };

        await using var report = await chromium.OpenAsync(PlanPage.Of(hostile, proven: true));
        await report.Page.ClickAsync(".node");

        Assert.True(await report.AskAsync<bool>("() => window.evil === undefined"));
        Assert.Empty(report.Errors);
        Assert.DoesNotContain("\u202e", await report.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        Assert.Contains("onerror", await report.Page.InnerTextAsync("#details"), StringComparison.Ordinal);
    }
}
