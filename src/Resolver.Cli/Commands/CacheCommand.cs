using System.CommandLine;
using Resolver.Application.Caches;
using Resolver.Application.Inputs;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Rendering.Setup;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver cache</c>: where the cache is, how large, and to empty it.</summary>
internal sealed class CacheCommand : CommandDefinition
{
    private const int DefaultDays = 30;

    private readonly Argument<string> action = new("dir|size|prune|clear")
    {
        Description = "What to do: print the directory, print the size, delete unused items, or delete everything.",
    };
    private readonly Option<int?> days = new("--older-than")
    {
        HelpName = "DAYS",
        Description = $"With prune: delete items not read or written for DAYS days. Default: {DefaultDays}.",
    };
    private readonly Option<string?> folder = new("--cache-dir")
    {
        HelpName = "DIR",
        Description = "Directory of the cache. Default: in the user's cache directory.",
    };

    public CacheCommand()
        : base("cache", "Show or empty the cache.", new OutputOptions(OutputFormat.Text, OutputFormat.Json))
    {
        action.TakeOneOf("dir", "size", "prune", "clear");
        days.ReadWholeNumber(least: 0);
        Command.Add(action);
        Command.Add(days);
        Command.Add(folder);
        Command.Validators.Add(result =>
        {
            if (result.GetResult(days) is not null && result.GetValue(action) != "prune")
                result.AddError("--older-than goes with prune");
        });
        Understand();
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Show the size of the cache", "resolver cache size"),
        new("Delete items unused for a week", "resolver cache prune --older-than 7"),
    ];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var path = Path.GetFullPath(parsed.GetValue(folder) ?? StateFolder.Cache(Environment.GetEnvironmentVariable));
        var cache = new CacheFolder(path);
        var asked = parsed.GetValue(action);
        var items = asked switch
        {
            "dir" => [],
            "size" => cache.Items(),
            _ => cache.Delete(
                asked == "clear" ? null : TimeSpan.FromDays(parsed.GetValue(days) ?? DefaultDays),
                context.Clock.GetUtcNow().UtcDateTime
            ),
        };
        context.Write(
            context.Settings.Format == OutputFormat.Json ? CacheText.Json(path, items)
            : asked == "dir" ? PlainText.Of(path) + "\n"
            : asked == "size" ? CacheText.Of(items)
            : PlainText.Of(
                $"Deleted {Count.Of(items.Count, "item")}, {SizeText.Of(items.Sum(each => each.Bytes))}, of "
                    + $"{path}."
            ) + "\n"
        );
        return Task.FromResult(ExitCode.Done);
    }
}
