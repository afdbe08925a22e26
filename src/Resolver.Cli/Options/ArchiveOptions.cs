using System.CommandLine;
using System.Globalization;
using Resolver.Archives.Scanning;

namespace Resolver.Cli.Options;

/// <summary>The archive and how it is read: <c>-f</c>, <c>-j</c>, <c>--cache-dir</c>, <c>--no-cache</c>.</summary>
internal sealed class ArchiveOptions : IOptionGroup
{
    private readonly Option<string[]> findLinks = new("--find-links", "-f") { HelpName = "DIR", Description = "The archive: a directory of sdists, wheels and unpacked trees, read recursively. Repeatable." };
    private readonly Option<int?> jobs = new("--jobs", "-j") { HelpName = "N", Description = "How many files are read, and how many wheels are built, side by side." };
    private readonly Option<string?> cacheDirectory = new("--cache-dir") { HelpName = "DIR", Description = "Where what was read is kept. Nothing is kept yet: every run reads the files." };
    private readonly Option<bool> noCache = new("--no-cache") { Description = "Neither use nor keep what was read earlier." };

    public ArchiveOptions()
    {
        findLinks.RejectOptions();
        jobs.ReadNumber(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null, "N is a whole number, at least 1");
    }

    public void AddTo(Command command)
    {
        command.Add(findLinks);
        command.Add(jobs);
        command.Add(cacheDirectory);
        command.Add(noCache);
    }

    /// <summary>The directories of the archive, as given.</summary>
    public IReadOnlyList<string> Directories(ParseResult parsed) => parsed.GetValue(findLinks) ?? [];

    /// <summary>How many things are done side by side; null where nothing was said.</summary>
    public int? Jobs(ParseResult parsed) => parsed.GetValue(jobs);

    /// <summary>How to read files.</summary>
    public ScanOptions Scanning(ParseResult parsed) =>
        parsed.GetValue(jobs) is { } count ? ScanOptions.Default with { Jobs = count } : ScanOptions.Default;
}
