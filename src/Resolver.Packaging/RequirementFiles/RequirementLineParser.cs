using Resolver.Packaging.FileNames;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>Parses one logical line: a requirement with its own options, an include, or options for the run.</summary>
internal sealed class RequirementLineParser(
    string file,
    int line,
    bool areConstraints,
    List<DocumentError> errors,
    List<DocumentError> warnings
)
{
    private static readonly string[] HashAlgorithms = ["sha256", "sha384", "sha512"];

    private readonly List<(OptionName Name, string? Value)> options = [];
    private readonly List<KeyValuePair<string, string>> hashes = [];
    private readonly List<KeyValuePair<string, string>> settings = [];

    /// <summary>The file to continue with, where the line is an include.</summary>
    public (string Path, bool AreConstraints)? Include { get; private set; }

    /// <summary>What the line says; null for an include and for a line with an error.</summary>
    public IReadOnlyList<RequirementLine>? Parse(string text)
    {
        var (requirement, optionText) = Part(text);
        if (!ReadOptions(optionText) || !ReadPairs())
            return null;
        if (requirement.Length > 0)
            return ReadDependency(requirement, isEditable: false);
        var editables = Values(OptionName.Editable);
        if (editables.Count > 1)
            return Fail("a second -e on the line", "one");
        if (editables.Count == 1)
            return ReadDependency(editables[0], isEditable: true);

        var includes = options.Where(o => o.Name.Long is OptionName.Requirement or OptionName.Constraint).ToList();
        if (includes.Count > 1)
            return Fail("a second -r or -c on the line", "one");
        if (includes.Count == 1)
        {
            WarnOfOptionsBut(OptionName.Requirement, OptionName.Constraint);
            Include = (includes[0].Value!, includes[0].Name.Long == OptionName.Constraint);
            return null;
        }
        var said = new List<RequirementLine>();
        foreach (var (name, value) in options)
        {
            if (name.Setting is { } setting)
                said.Add(new RequirementLine.Setting(file, line, setting, value));
            else
                Warn($"{name.Long} without a requirement", "a requirement before it");
        }
        return said;
    }

    /// <summary>Parts at the first word that begins with '-'; words are parted by blanks only, as pip does
    /// it.</summary>
    private static (string Requirement, string Options) Part(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '-' && (i == 0 || text[i - 1] == ' '))
                return (text[..i].Trim(), text[i..]);
        }
        return (text, "");
    }

    private bool ReadOptions(string text)
    {
        var words = OptionText.Split(text, out var unclosed);
        if (unclosed is not null)
        {
            Fail($"{unclosed} in {OneLine.Quote(text)}", "words as in a shell");
            return false;
        }
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Length < 2 || word[0] != '-' || word == "--")
            {
                Fail($"{OneLine.Quote(word)} after the options", "options only (pip would ignore it)");
                return false;
            }
            var (name, value) = word[1] == '-' ? Long(word) : Short(word);
            if (name is null)
                return false;
            if (name.TakesValue && value is null)
            {
                if (i + 1 == words.Count)
                {
                    Fail($"{name.Long} at the end of the line", "its value");
                    return false;
                }
                value = words[++i];
            }
            else if (!name.TakesValue && value is not null)
            {
                Fail($"the value {OneLine.Quote(value)} of {name.Long}", "no value");
                return false;
            }
            options.Add((name, value));
        }
        return true;
    }

    private (OptionName? Name, string? Value) Long(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        var candidates = OptionName.OfLong(name);
        if (candidates.Count == 1)
            return (candidates[0], equals < 0 ? null : word[(equals + 1)..]);
        Fail(
            $"the option {OneLine.Quote(name)}",
            candidates.Count == 0
                ? "an option of requirement files"
                : $"one of {string.Join(", ", candidates.Select(c => c.Long))}"
        );
        return (null, null);
    }

    private (OptionName? Name, string? Value) Short(string word)
    {
        if (OptionName.OfShort(word[1]) is { } name)
            return (name, word.Length == 2 ? null : word[2..]);
        Fail($"the option {OneLine.Quote(word)}", "an option of requirement files");
        return (null, null);
    }

    /// <summary>The values that are pairs; a wrong one is an error even where the option has no effect.</summary>
    private bool ReadPairs()
    {
        foreach (var value in Values(OptionName.Hash))
        {
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || colon == value.Length - 1)
                return Fail($"--hash {OneLine.Quote(value)}", "ALGORITHM:DIGEST, such as sha256:2cf2…") is not null;
            if (!HashAlgorithms.Contains(value[..colon]))
                return Fail(
                    $"the hash algorithm {OneLine.Quote(value[..colon])}",
                    $"one of {string.Join(", ", HashAlgorithms)}"
                )
                    is not null;
            hashes.Add(new(value[..colon], value[(colon + 1)..]));
        }
        foreach (var value in Values(OptionName.ConfigSettings))
        {
            var equals = value.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return Fail($"--config-settings {OneLine.Quote(value)}", "KEY=VALUE") is not null;
            settings.Add(new(value[..equals], value[(equals + 1)..]));
        }
        return true;
    }

    private List<RequirementLine>? ReadDependency(string text, bool isEditable)
    {
        WarnOfOptionsBut(
            OptionName.Hash,
            OptionName.ConfigSettings,
            OptionName.GlobalOption,
            isEditable ? OptionName.Editable : null
        );
        var target = RequirementTargetParser.Parse(text, isEditable);
        if (!target.Success)
            return Fail(
                $"{target.Error.Found} at position {target.Error.Position + 1} of {OneLine.Quote(text)}",
                target.Error.Expected
            );

        if (areConstraints && RejectConstraint(target.Value, isEditable) is { } reason)
            return Fail(reason, "a constraint: a name and versions");
        return
        [
            new RequirementLine.Dependency(file, line, target.Value)
            {
                IsConstraint = areConstraints,
                IsEditable = isEditable,
                Hashes = hashes,
                ConfigSettings = settings,
                GlobalOptions = Values(OptionName.GlobalOption),
            },
        ];
    }

    /// <summary>pip's resolver takes names with versions or URLs as constraints, and nothing else; a wheel and
    /// <c>#egg=</c> give the name themselves.</summary>
    private static string? RejectConstraint(RequirementTarget target, bool isEditable) =>
        target switch
        {
            _ when isEditable => "an editable requirement in a constraint file",
            RequirementTarget.Named { Requirement.Extras.Count: > 0 } => "extras in a constraint file",
            RequirementTarget.Named => null,
            RequirementTarget.Local { Extras.Count: > 0 } or RequirementTarget.Link { Extras.Count: > 0 } =>
                "extras in a constraint file",
            RequirementTarget.Local local when IsWheel(local.Path[(local.Path.LastIndexOf('/') + 1)..]) => null,
            RequirementTarget.Link link
                when link.Reference.Value is { } url
                    && (url is { Egg: not null, EggExtras.Count: 0 } || IsWheel(url.FileName)) => null,
            _ => "a requirement without a name in a constraint file",
        };

    private static bool IsWheel(string fileName) => WheelFileName.TryParse(fileName).Success;

    private List<string> Values(string name) => [.. options.Where(o => o.Name.Long == name).Select(o => o.Value!)];

    private void WarnOfOptionsBut(params ReadOnlySpan<string?> names)
    {
        foreach (var (name, _) in options)
        {
            if (!names.Contains(name.Long))
                Warn($"{name.Long} on this line, where it has no effect", "it on a separate line");
        }
    }

    private void Warn(string found, string expected) => warnings.Add(new DocumentError(file, line, 0, found, expected));

    private List<RequirementLine>? Fail(string found, string expected)
    {
        errors.Add(new DocumentError(file, line, 0, found, expected));
        return null;
    }
}
