using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>Options that belong together, with one meaning for every command that has them.</summary>
internal interface IOptionGroup
{
    /// <summary>Makes the command understand them.</summary>
    void AddTo(Command command);
}
