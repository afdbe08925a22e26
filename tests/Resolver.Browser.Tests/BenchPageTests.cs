using Microsoft.Playwright;
using Resolver.Cli.Benching;

namespace Resolver.Browser.Tests;

/// <summary>The HTML report of <c>bench</c>, in a real browser.</summary>
public sealed class BenchPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly BenchReport Report = new(
        "a machine",
        "resolver",
        "2026-01-01",
        1 << 20,
        [
            new BenchRow("a universe with quite a long name <1>", "solve", 1, [0.5, 0.7, 12], 1000),
            new BenchRow("small", "load", 10, [3, 4, 5], 1000),
        ]
    );

    [Theory]
    [InlineData(ColorScheme.Light, 1920)]
    [InlineData(ColorScheme.Dark, 1024)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task It_fits_the_window_and_its_names_can_be_read(ColorScheme scheme, int width)
    {
        await using var report = await chromium.OpenAsync(BenchPlot.Of(Report, null), width, 900, scheme);

        await report.MustBeReadableAsync();
        // A name that begins left of the picture is cut off; letters below ten pixels are none.
        Assert.True(
            await report.AskAsync<bool>(
                "() => { const svg = document.querySelector('.plot svg').getBoundingClientRect(); "
                    + "return [...document.querySelectorAll('.plot text')].every(each => { "
                    + "const box = each.getBoundingClientRect(); "
                    + "return box.left >= svg.left && box.right <= svg.right && box.height >= 10; }); }"
            )
        );
        await report.PictureAsync($"bench-{scheme}-{width}");
    }

    [Fact]
    public async Task Light_and_dark_are_chosen_by_the_system_or_the_button()
    {
        await using var report = await chromium.OpenAsync(BenchPlot.Of(Report, null), 1024, 768, ColorScheme.Dark);
        Task<string> Background() => report.AskAsync<string>("() => getComputedStyle(document.body).backgroundColor");

        Assert.Equal("rgb(20, 23, 27)", await Background());
        await report.Page.ClickAsync("#theme");
        Assert.Equal("rgb(246, 247, 249)", await Background());
    }
}
