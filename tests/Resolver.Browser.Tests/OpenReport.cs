using Microsoft.Playwright;
using Xunit;

namespace Resolver.Browser.Tests;

/// <summary>A report in a browser.</summary>
public sealed class OpenReport : IAsyncDisposable
{
    private readonly string file = Path.Combine(
        Directory.CreateTempSubdirectory("resolver-report-").FullName,
        "report.html"
    );

    public OpenReport(IPage page)
    {
        Page = page;
        page.Request += (_, request) => Requests.Add(request.Url);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Everything that was asked for, the file itself included.</summary>
    public List<string> Requests { get; } = [];

    public List<string> Errors { get; } = [];

    public async Task ShowAsync(string html)
    {
        await File.WriteAllTextAsync(file, html);
        await Page.GotoAsync(new Uri(file).AbsoluteUri);
    }

    /// <summary>What a script in the page says.</summary>
    public Task<T> AskAsync<T>(string script) => Page.EvaluateAsync<T>(script);

    /// <summary>The page asked for nothing, made no error, fits the window, and its letters stand out.</summary>
    public async Task MustBeReadableAsync()
    {
        Assert.All(Requests, url => Assert.False(url.StartsWith("http", StringComparison.Ordinal), url));
        Assert.Empty(Errors);
        await MustFitAsync();
        Assert.Equal("", await AskAsync<string>(Contrast.Script));
    }

    /// <summary>Nothing of the page lies beside the window.</summary>
    public async Task MustFitAsync() =>
        Assert.Equal(
            0,
            await AskAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        );

    /// <summary>A picture for people, where <c>RESOLVER_SCREENSHOTS</c> names a folder.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("RESOLVER_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
