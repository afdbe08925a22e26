using Microsoft.Playwright;

namespace Resolver.Browser.Tests;

/// <summary>The machine's own Chromium, without a window and without a network; one for all tests of a class. Tests
/// skip where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    private static string? Executable { get; } =
        ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(
            File.Exists
        );

    public async ValueTask InitializeAsync()
    {
        if (Executable is null)
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable,
                Headless = true,
                Args = Flags,
            }
        );
    }

    /// <summary>Opens a page of a report. Whatever it asks of a network, and whatever goes wrong in it, is
    /// collected.</summary>
    public async Task<OpenReport> OpenAsync(
        string html,
        int width = 1400,
        int height = 1000,
        ColorScheme scheme = ColorScheme.Light
    )
    {
        Assert.SkipWhen(browser is null, "there is no Chromium at /usr/bin/chromium");
        var context = await browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = scheme,
            }
        );
        var page = await context.NewPageAsync();
        var report = new OpenReport(page);
        await report.ShowAsync(html);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
