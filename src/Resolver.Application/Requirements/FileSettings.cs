using Resolver.Application.Inputs;
using Resolver.Packaging.RequirementFiles;
using Resolver.Resolution.Requests;

namespace Resolver.Application.Requirements;

/// <summary>The options of requirement files that concern a whole run (<c>--pre</c>, <c>--no-binary</c> …), in the
/// order of their lines, applied after those of the command line, as pip does.</summary>
public sealed class FileSettings
{
    private readonly List<RequirementLine.Setting> formats = [];
    private readonly SortedSet<string> unheeded = new(StringComparer.Ordinal);
    private readonly SortedSet<string> unheededFiles = new(StringComparer.Ordinal);
    private bool allowsPrereleases;
    private bool prefersBinary;

    /// <summary>Why every file must have a hash, as <c>r.txt:1: --require-hashes</c>; null where none must.</summary>
    public string? RequiresHashes { get; private set; }

    /// <summary>Takes note of a line.</summary>
    public void Add(RequirementLine.Setting setting)
    {
        switch (setting.Option)
        {
            case RequirementFileOption.NoIndex:
                break; // nothing is ever fetched from an index
            case RequirementFileOption.Pre:
                allowsPrereleases = true;
                break;
            case RequirementFileOption.PreferBinary:
                prefersBinary = true;
                break;
            case RequirementFileOption.NoBinary or RequirementFileOption.OnlyBinary:
                formats.Add(setting);
                break;
            case RequirementFileOption.RequireHashes:
                RequiresHashes = $"{setting.File}:{setting.Line}: --require-hashes";
                break;
            case RequirementFileOption.NoRequireHashes:
                RequiresHashes = null;
                break;
            default:
                unheeded.Add(setting.ToString().Split(' ')[0]);
                unheededFiles.Add(setting.File);
                break;
        }
    }

    /// <summary>Takes note of a requirement with <c>--hash</c>: then every file must have one, as in pip.</summary>
    public void AddHash(RequirementLine.Dependency line) => RequiresHashes ??= $"{line.File}:{line.Line}: --hash";

    /// <summary>Takes note of an option of a line that is not obeyed.</summary>
    public void AddUnheeded(string option, string file)
    {
        unheeded.Add(option);
        unheededFiles.Add(file);
    }

    /// <summary>What is not obeyed, in one sentence; null where everything is.</summary>
    public string? Unheeded =>
        unheeded.Count == 0
            ? null
            : $"{string.Join(", ", unheededFiles)}: {string.Join(", ", unheeded)} "
                + $"{(unheeded.Count == 1 ? "is" : "are")} ignored: everything comes from files on this disk";

    /// <summary>The request with these settings.</summary>
    /// <param name="control">What the command line says of formats.</param>
    /// <param name="isPrereleaseGiven">Whether the command line says which pre-releases are allowed; then it
    /// counts.</param>
    /// <exception cref="InputException">A project name is none.</exception>
    public PlanRequest ApplyTo(PlanRequest request, FormatControl control, bool isPrereleaseGiven)
    {
        foreach (var setting in formats)
        {
            try
            {
                if (setting.Option == RequirementFileOption.NoBinary)
                    control.ForbidWheels(setting.Value!);
                else
                    control.ForbidBuilds(setting.Value!);
            }
            catch (FormatException exception)
            {
                throw InputException.BadInput($"{setting.File}:{setting.Line}: {exception.Message}");
            }
        }
        return request with
        {
            NoBinary = control.NoBinary,
            OnlyBinary = control.OnlyBinary,
            PreferBinary = request.PreferBinary || prefersBinary,
            Prerelease = allowsPrereleases && !isPrereleaseGiven ? PrereleaseMode.Allow : request.Prerelease,
        };
    }
}
