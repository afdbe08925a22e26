using System.CommandLine;
using Resolver.Archives.Scanning;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver scan</c>: what lies in the archive, and what could not be read.</summary>
internal sealed class ScanCommand : CommandDefinition
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "A file, an unpacked tree, a directory of such, or FILE#subdirectory=REL.", Arity = ArgumentArity.ZeroOrMore };
    private readonly ArchiveOptions archive = new();

    public ScanCommand()
        : base("scan", "List every distribution of the archive, and what could not be read.", new OutputOptions(OutputFormat.Text, OutputFormat.Json))
    {
        paths.RejectOptions();
        Command.Add(paths);
        Understand(archive);
    }

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var named = parsed.GetValue(paths) ?? [];
        // Who names paths wants to hear of these, not of the archive that is configured.
        IReadOnlyList<string> places = [.. archive.Directories(named.Length > 0 ? context.Typed ?? parsed : parsed), .. named];
        if (places.Count == 0)
            throw CommandException.Usage("scan: there is nothing to scan", "name the archive: resolver scan -f DIR");
        var found = context.Configuration.Declarations.ApplyTo(ArchiveScanner.Scan(places, archive.Scanning(parsed), context.Interruption));
        context.Write(context.Settings.Format == OutputFormat.Json
            ? DistributionJson.Lines(found)
            : DistributionText.Of(found, context.Paint));
        return Task.FromResult(ExitCode.Done);
    }
}
