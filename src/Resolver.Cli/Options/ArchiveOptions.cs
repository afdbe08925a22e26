using System.CommandLine;
using Resolver.Application.Archives;
using Resolver.Application.Inputs;
using Resolver.Archives.Scanning;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Options;

/// <summary>The archive and how it is read: <c>-f</c>, <c>-j</c>, <c>--cache-dir</c>, <c>--no-cache</c>,
/// <c>--index</c>.</summary>
internal sealed class ArchiveOptions : IOptionGroup
{
    private readonly Option<string[]> findLinks = new("--find-links", "-f")
    {
        HelpName = "DIR",
        Description =
            "Archive: a directory (path or file: URL) of sdists, wheels and unpacked trees, read recursively. "
            + "Repeatable.",
    };
    private readonly Option<int?> jobs = new("--jobs", "-j")
    {
        HelpName = "N",
        Description =
            "Read N files, build N wheels and ask N build backends at a time. Default: the number of processors.",
    };
    private readonly Option<string?> cacheDirectory = new("--cache-dir")
    {
        HelpName = "DIR",
        Description = "Keep the index of the archive here. Default: the user's cache directory.",
    };
    private readonly Option<bool> noCache = new("--no-cache")
    {
        Description = "Neither use nor write the index of the archive.",
    };
    private readonly Option<string?> index = new("--index")
    {
        HelpName = "URL",
        Description =
            "Keep the index in PostgreSQL, for hosts that share an archive: "
            + "postgres://USER:PASSWORD@HOST:PORT/DATABASE.",
    };

    public ArchiveOptions()
    {
        findLinks.RejectOptions();
        jobs.ReadWholeNumber(least: 1);
    }

    public void AddTo(Command command)
    {
        command.Add(findLinks);
        command.Add(jobs);
        command.Add(cacheDirectory);
        command.Add(noCache);
        command.Add(index);
    }

    /// <summary>The archive as named, without what is declared of it.</summary>
    public ArchiveSettings Read(ParseResult parsed) =>
        new()
        {
            Places = Directories(parsed),
            CacheFolder = CacheFolder(parsed),
            SharedIndex = parsed.GetValue(index),
            Scanning = Scanning(parsed),
        };

    /// <summary>The directories of the archive, as given.</summary>
    /// <exception cref="CommandException">A URL is malformed, or not one of this disk.</exception>
    public IReadOnlyList<string> Directories(ParseResult parsed) =>
        [.. (parsed.GetValue(findLinks) ?? []).Select(each => DiskPath.Of("--find-links", each))];

    /// <summary>How many things are done side by side; null where nothing was said.</summary>
    public int? Jobs(ParseResult parsed) => parsed.GetValue(jobs);

    /// <summary>Where everything is kept that can be had again; null keeps nothing.</summary>
    public string? CacheFolder(ParseResult parsed) =>
        parsed.GetValue(noCache)
            ? null
            : Path.GetFullPath(
                parsed.GetValue(cacheDirectory) ?? StateFolder.Cache(Environment.GetEnvironmentVariable)
            );

    /// <summary>How to read files.</summary>
    public ScanOptions Scanning(ParseResult parsed) =>
        parsed.GetValue(jobs) is { } count ? ScanOptions.Default with { Jobs = count } : ScanOptions.Default;
}
