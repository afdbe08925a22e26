using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>What <c>check</c> looks at beside what is needed to run: <c>--build-requirements</c>, <c>-f</c>.</summary>
internal sealed class CheckOptions : IOptionGroup
{
    private readonly Option<bool> build = new("--build-requirements")
    {
        Description = "Check build requirements as well, as the sdists of -f declare them.",
    };
    private readonly Option<string[]> findLinks = new("--find-links", "-f")
    {
        HelpName = "DIR",
        Description = "Archive with the sdists of the installed distributions. Repeatable.",
    };

    public CheckOptions() => findLinks.RejectOptions();

    public void AddTo(Command command)
    {
        command.Add(build);
        command.Add(findLinks);
        command.Validators.Add(result =>
        {
            if (result.GetResult(build) is not null != result.GetResult(findLinks) is not null)
                result.AddError(
                    "--build-requirements requires -f, and -f requires --build-requirements: sdists declare build "
                        + "requirements"
                );
        });
    }

    /// <summary>The directories to read build requirements from; null where they were not requested.</summary>
    public IReadOnlyList<string>? BuildArchives(ParseResult parsed) =>
        parsed.GetValue(build) ? parsed.GetValue(findLinks) ?? [] : null;
}
