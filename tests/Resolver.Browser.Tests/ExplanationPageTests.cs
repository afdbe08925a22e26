using Microsoft.Playwright;
using Resolver.Cli.Rendering.Pages;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Hints;
using Resolver.Resolution.Problems;

namespace Resolver.Browser.Tests;

/// <summary>The HTML report of an explanation, in a real browser.</summary>
public sealed class ExplanationPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly Explanation Diamond = new(
        [
            new Fact.Requires(null, [], "application>=2", Role.Root),
            new Fact.Requires(null, [], "tools[extra]==1.*", Role.Root),
            new Fact.Requires("application", ["2.0", "2.1", "2.2", "2.3"], "library>=3", Role.Runtime),
            new Fact.Requires("tools", ["1.4"], "library<3,!=2.5", Role.Build),
            new Fact.Candidates("library", ["1.0", "2.0", "3.0"]),
            new Fact.Unusable("library", ["2.0"], "requires-python", "needs Python <3.9"),
        ],
        true,
        "There is no plan, because these cannot all hold:\n  - you ask for application>=2\n  - you ask for "
            + "tools[extra]==1.*\n  - application 2.0 to 2.3 needs library>=3\n  - tools 1.4 needs library<3,!=2.5 "
            + "to be built",
        [new Hint("library", "2.5", "out-of-range", "library 2.5 is there, but <b>library>=3</b> is needed")],
        [
            [new FixAction("drop", "tools[extra]==1.*")],
            [new FixAction("add", "library>=4"), new FixAction("drop", "x")],
        ]
    );

    private static readonly Explanation Cycle = new(
        [
            new Fact.Requires(null, [], "hen", Role.Root),
            new Fact.BuildCycle([
                new BuildCycleStep("hen", ["1"], "1", "egg>=1", Role.Build),
                new BuildCycleStep("egg", ["1"], "1", "hen", Role.Build),
            ]),
        ],
        true,
        "No plan: hen is requested, but there is a build dependency cycle: hen 1 requires egg>=1 to build; egg 1 "
            + "requires hen to build.",
        [],
        []
    );

    [Theory]
    [InlineData("diamond", ColorScheme.Light, 1200)]
    [InlineData("diamond", ColorScheme.Dark, 1200)]
    [InlineData("diamond", ColorScheme.Light, 380)]
    [InlineData("cycle", ColorScheme.Light, 1200)]
    public async Task The_conflict_is_shown_as_a_picture_and_in_words_without_a_network(
        string name,
        ColorScheme scheme,
        int width
    )
    {
        var explanation = name == "diamond" ? Diamond : Cycle;
        await using var report = await chromium.OpenAsync(ExplanationPage.Of(explanation), width, 900, scheme);

        await report.MustBeReadableAsync();
        var picture = await report.Page.TextContentAsync(".conflict svg");
        Assert.All(
            name == "diamond" ? ["the request", "application", "tools", "library"] : new[] { "hen", "egg" },
            project => Assert.Contains(project, picture!, StringComparison.Ordinal)
        );
        await report.PictureAsync($"explanation-{name}-{scheme}-{width}");
    }

    [Fact]
    public async Task No_label_of_the_picture_lies_on_another_or_on_a_box()
    {
        await using var report = await chromium.OpenAsync(ExplanationPage.Of(Diamond));

        Assert.Equal(
            0,
            await report.AskAsync<int>(
                """
                () => {
                  const boxes = [...document.querySelectorAll('.conflict .label, .conflict .box')].map(each => each.getBoundingClientRect());
                  let overlaps = 0;
                  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++)
                    if (boxes[i].left < boxes[j].right && boxes[j].left < boxes[i].right && boxes[i].top < boxes[j].bottom && boxes[j].top < boxes[i].bottom) overlaps++;
                  return overlaps;
                }
                """
            )
        );
        Assert.True(
            await report.AskAsync<bool>(
                """
                () => {
                  const frame = document.querySelector('.conflict svg').getBoundingClientRect();
                  return [...document.querySelectorAll('.conflict svg *')].map(each => each.getBoundingClientRect()).every(box => box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1);
                }
                """
            )
        );
    }

    [Fact]
    public async Task Arrows_lead_from_what_is_required_to_what_requires_it()
    {
        await using var report = await chromium.OpenAsync(ExplanationPage.Of(Diamond));

        // As on the page of a plan; what requires stands on the left here.
        Assert.True(
            await report.AskAsync<bool>(
                """
                () => {
                  const boxes = [...document.querySelectorAll('.conflict .box')].map(each => each.getBoundingClientRect());
                  const heads = [...document.querySelectorAll('.conflict .head')].map(each => each.getBoundingClientRect());
                  return heads.length > 2 && heads.every(head => boxes.some(box => Math.abs(head.left - box.right) < 2));
                }
                """
            )
        );
    }

    [Fact]
    public async Task Text_fits_into_its_box()
    {
        await using var report = await chromium.OpenAsync(ExplanationPage.Of(Diamond));

        Assert.Equal(
            "",
            await report.AskAsync<string>(
                """
                () => {
                  const boxes = [...document.querySelectorAll('.conflict rect')].map(each => each.getBoundingClientRect());
                  return [...document.querySelectorAll('.conflict text')].filter(text => { const t = text.getBoundingClientRect(); return !boxes.some(b => t.left >= b.left && t.right <= b.right && t.top >= b.top - 3 && t.bottom <= b.bottom + 3); }).map(text => text.textContent).join();
                }
                """
            )
        );
    }
}
