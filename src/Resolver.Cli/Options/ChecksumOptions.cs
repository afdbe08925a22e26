using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>What hashes the files of an archive should have, and where those they have are written: <c>--verify</c>,
/// <c>--write-sums</c>.</summary>
internal sealed class ChecksumOptions : IOptionGroup
{
    private readonly Option<string[]> verify = new("--verify")
    {
        HelpName = "FILE",
        Description =
            "Compare every file with a list of hashes: SHA256SUMS, MD5SUMS and the like, FILE.sha256, or a lock file "
            + "(pylock.toml). Exit code 3 if one differs or is missing. Repeatable.",
    };
    private readonly Option<string?> write = new("--write-sums")
    {
        HelpName = "FILE",
        Description = "Write the hashes of all files as sha256sum does, with paths relative to the directory of FILE.",
    };

    public ChecksumOptions()
    {
        verify.RejectOptions();
        write.RejectOptions();
    }

    public void AddTo(Command command)
    {
        command.Add(verify);
        command.Add(write);
    }

    /// <summary>The lists to compare with.</summary>
    public IReadOnlyList<string> Lists(ParseResult parsed) => parsed.GetValue(verify) ?? [];

    /// <summary>The list to write, or null.</summary>
    public string? Written(ParseResult parsed) => parsed.GetValue(write);
}
