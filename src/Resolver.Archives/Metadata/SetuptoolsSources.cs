using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata.PythonSource;
using Resolver.Archives.Reading;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>What setuptools would take from setup.cfg, from literal arguments of setup() and from
/// <c>[tool.setuptools.dynamic]</c>.</summary>
/// <remarks>Where both say something that is not empty, setup() wins; an argument that is no literal makes the value
/// unknown, whatever setup.cfg says.</remarks>
internal sealed class SetuptoolsSources
{
    // No honest project nests its requirement files deeper; one that names itself has no end.
    private const int DeepestFile = 8;

    // As pbr passes over them.
    private static readonly string[] IndexOptions = ["-i", "--index-url", "--extra-index-url", "--find-links", "-f "];

    private readonly ProjectFiles files;
    private readonly ConfigFile config;
    private readonly bool hasConfig;
    private readonly bool isConfigUnread;
    private readonly bool hasScript;
    private readonly PythonValue.Mapping? arguments;
    private readonly TomlTable? tool;
    private readonly TomlTable? distutils;

    private readonly bool usesPbr;
    private readonly bool importsOwnModules;

    private SetuptoolsSources(ProjectFiles files) => (this.files, config) = (files, ConfigFile.Read(""));

    public SetuptoolsSources(ProjectFiles files, PyProject? pyproject)
    {
        this.files = files;
        importsOwnModules =
            pyproject?.BuildSystem is not { } build
            || build.EffectiveBackend.EndsWith("__legacy__", StringComparison.Ordinal)
            || build.BackendPath.Count > 0;
        usesPbr =
            pyproject?.BuildSystem?.Requires.Any(r => r.Parsed.Success && r.Parsed.Value.Name.Normalized == "pbr")
            == true;
        tool = pyproject?.Tool("setuptools");
        distutils = pyproject?.Tool("distutils");
        config = ConfigFile.Read("");
        try
        {
            hasConfig = files.Exists("setup.cfg");
            hasScript = files.Exists("setup.py");
            isConfigUnread = hasConfig; // until it is read
            if (files.ListText("setup.cfg") is { } configured)
            {
                config = ConfigFile.Read(configured, files.Budget, "options.extras_require", "extras");
                isConfigUnread = config.IsRefused;
            }
            if (hasScript && files.Text("setup.py") is { } text)
                arguments = PythonModule.Read(text, files.Budget)?.SetupArguments(OwnModule);
        }
        catch (ReadingBudgetException e)
        {
            Failure = e; // what was not read is as good as computed
        }
    }

    /// <summary>Nothing of the kind.</summary>
    public static SetuptoolsSources None(ProjectFiles files) => new(files);

    /// <summary>Why reading them ended early; null if it did not.</summary>
    public ReadingBudgetException? Failure { get; }

    /// <summary>Whether there is any source of this kind.</summary>
    public bool Any => hasConfig || hasScript;

    /// <summary>Why the result of setup.py is unknown, for the hint; null if it is known.</summary>
    public string? Opaque => hasScript && arguments is null ? "setup.py computes what it gives to setup()" : null;

    /// <summary>Whether setup() is given a keyword, known or not.</summary>
    public bool Passes(string keyword) => arguments?.Stated(keyword) is not null;

    /// <summary>The keywords pbr and its kin fill from elsewhere.</summary>
    public bool IsFilledByPlugin => IsPbr || Passes("d2to1");

    private bool IsPbr => usesPbr || Passes("pbr");

    /// <summary>What a module of the project binds once, for a setup.py that imports it; unknown where another module
    /// of that name may be imported. Only the name of a project is certain then: it is that of its own
    /// module.</summary>
    private PythonValue OwnModule(string module, string name) =>
        importsOwnModules || name is "__title__" or "__name__"
            ? ModuleLiterals.BoundOnce(files, module, name)
            : PythonValue.Unknown.Instance;

    /// <summary>The literal that <c>attr:</c> leads to, or null.</summary>
    private string? Attribute(string path)
    {
        var folders = PackageFolders();
        // A package with a folder of its own is looked for there and nowhere else.
        if (
            folders.Any(each =>
                each.Package.Length > 0 && (path.StartsWith(each.Package + ".", StringComparison.Ordinal))
            )
        )
            return null;
        var roots = folders
            .Where(each => each.Package.Length == 0 && each.Folder is not "." and not "..")
            .Select(each => each.Folder)
            .ToList();
        string[] usual = ["src", "", "lib"];
        var module = path[..Math.Max(0, path.LastIndexOf('.'))];
        // In the root and in src at once: which counts depends on how setuptools comes to its list of packages.
        if (roots.Count == 0 && usual.Count(root => ModuleLiterals.FileOf(files, module, [root]) is not null) > 1)
            return null;
        return ModuleLiterals.Attribute(files, path, [.. roots, .. usual]);
    }

    /// <summary>Where packages lie, by what is said of it: the package <c>""</c> stands for all that have no folder
    /// of their own.</summary>
    private List<(string Package, string Folder)> PackageFolders()
    {
        var folders = new List<(string, string)>();
        foreach (var (package, folder) in tool?.Table("package-dir")?.Entries ?? [])
        {
            if (folder is TomlText text)
                folders.Add((package, text.Value.Trim('/')));
        }
        foreach (var line in ConfigFile.List(config["options", "package_dir"] ?? ""))
        {
            if (line.Split('=', 2) is [var package, var folder])
                folders.Add((package.Trim(), folder.Trim().Trim('/')));
        }
        // pbr's own table.
        if (IsPbr && config["files", "packages_root"] is { Length: > 0 } packagesRoot)
            folders.Add(("", packagesRoot.Trim().Trim('/')));
        foreach (var (package, folder) in (arguments?["package_dir"] as PythonValue.Mapping)?.Items ?? [])
        {
            if (folder is PythonValue.Text text)
                folders.Add((package, text.Value.Trim('/')));
        }
        return folders;
    }

    public void OfferName(Findings findings)
    {
        var (text, source) = Pick("name", "metadata", "name");
        if (text is not null)
            findings.OfferName(text, source, Place(source));
    }

    /// <summary>The version, <c>attr:</c> and <c>file:</c> resolved where they lead to a literal, with
    /// <c>tag_build</c> added as a build adds it.</summary>
    public void OfferVersion(Findings findings)
    {
        // For pbr it is what comes after the last tag, and for setuptools_scm an argument that it writes over.
        if (IsFilledByPlugin || Passes("use_scm_version"))
            return;
        var (text, source) = Pick("version", "metadata", "version");
        if (text is null)
            return;
        if (source == MetadataSource.SetupCfg && Directive(text) is { } resolved)
            text = resolved;
        else if (
            source == MetadataSource.SetupCfg
            && (
                text.StartsWith("attr:", StringComparison.Ordinal) || text.StartsWith("file:", StringComparison.Ordinal)
            )
        )
            return;
        findings.OfferVersion(Tagged(text), source, Place(source));
    }

    /// <summary>The version by <c>[tool.setuptools.dynamic]</c>, or null.</summary>
    public string? DynamicVersion() =>
        tool?.Table("dynamic")?["version"] switch
        {
            TomlTable table when table.Text("attr") is { } attribute => Tagged(Attribute(attribute)),
            TomlTable table when table["file"] is { } file => Tagged(FileText(file)?.Trim()),
            _ => null,
        };

    /// <summary>The requirements of <c>[tool.setuptools.dynamic]</c> under a key, or null where it has none that can
    /// be read.</summary>
    public IReadOnlyList<DeclaredRequirement>? DynamicRequirements(TomlNode? node) =>
        (node as TomlTable)?["file"] is { } file && FileText(file) is { } text
            ? RequirementText.Lines([text], files.Budget)
            : null;

    /// <summary>The table <c>[tool.setuptools.dynamic]</c>.</summary>
    public TomlTable? Dynamic => tool?.Table("dynamic");

    public void OfferPython(Findings findings)
    {
        if (!findings.RequiresPythonIsOpen || !Any || IsUnclear("python_requires") || Passes("d2to1"))
            return;
        if (IsPbr)
        {
            if ((config["metadata", "python_requires"] ?? config["metadata", "requires_python"]) is { } bound)
                findings.OfferPython(bound, MetadataSource.SetupCfg, Place(MetadataSource.SetupCfg));
            return;
        }
        var (text, source) = Pick("python_requires", "options", "python_requires");
        findings.OfferPython(text, text is null ? Silent : source, Place(source));
    }

    /// <summary>The Python bound where setup() is given one.</summary>
    public void OfferPythonOverride(Findings findings)
    {
        if (!IsUnclear("python_requires") && arguments?["python_requires"] is PythonValue.Text { IsEmpty: false } text)
            findings.OfferPython(text.Value, MetadataSource.SetupPy, Place(MetadataSource.SetupPy));
    }

    /// <summary>Dependencies and extras, both or none.</summary>
    public void OfferRequires(Findings findings)
    {
        if (findings.RequiresDistIsOpen && IsPbr)
            OfferPbrRequires(findings);
        if (
            !findings.RequiresDistIsOpen
            || !Any
            || IsFilledByPlugin
            || IsUnclear("install_requires")
            || IsUnclear("extras_require")
        )
            return;
        var all = new List<DeclaredRequirement>();
        var extras = new List<string>();
        var source = Silent;
        if (arguments?["install_requires"] is { IsEmpty: false } install)
        {
            if (install.Texts() is not { } texts)
                return;
            all.AddRange(RequirementText.Lines(texts, files.Budget));
            source = MetadataSource.SetupPy;
        }
        else if (config["options", "install_requires"] is { } text)
        {
            if (Listed(text) is not { } lines)
                return;
            all.AddRange(lines);
            source = MetadataSource.SetupCfg;
        }
        if (arguments?["extras_require"] is { IsEmpty: false } more)
        {
            if (more is not PythonValue.Mapping { IsOpen: false } mapping)
                return;
            foreach (var (key, value) in mapping.Distinct())
            {
                if (
                    value.Texts() is not { } texts
                    || !RequirementText.AddExtra(
                        all,
                        extras,
                        key,
                        RequirementText.Lines(texts, files.Budget),
                        files.Budget
                    )
                )
                    return;
            }
            source = MetadataSource.SetupPy;
        }
        else
        {
            foreach (var (key, value) in config.Section("options.extras_require"))
            {
                if (Listed(value) is not { } lines || !RequirementText.AddExtra(all, extras, key, lines, files.Budget))
                    return;
                if (source != MetadataSource.SetupPy)
                    source = MetadataSource.SetupCfg;
            }
        }
        findings.OfferRequires(all, extras, source, Place(source));
    }

    /// <summary>pbr takes the dependencies from requirements.txt, or from tools/pip-requires, and the extras from
    /// <c>[extras]</c>; options in these other than <c>-r</c> and those for indexes, files for single Pythons and pbr's
    /// own kind of markers are left unknown.</summary>
    private void OfferPbrRequires(Findings findings)
    {
        if (isConfigUnread || files.Exists("requirements-py3.txt"))
            return;
        var file = files.Exists("requirements.txt") ? "requirements.txt" : "tools/pip-requires";
        if (PbrRequirements(file, 0) is not { } requirements)
            return;
        var extras = new List<string>();
        foreach (var (key, value) in config.Section("extras"))
        {
            var lines = RequirementText.Lines([value], files.Budget);
            if (
                lines.Exists(line => !line.Parsed.Success || line.Text.AsSpan().IndexOfAny(":;(") >= 0)
                || !RequirementText.AddExtra(requirements, extras, key, lines, files.Budget)
            )
                return;
        }
        findings.OfferRequires(requirements, extras, MetadataSource.SetupCfg, files.Show(file));
    }

    /// <summary>The requirements of a file and of those that it names (<c>-r FILE</c>, from the root of the project);
    /// null where one of them is missing or has a line that is no requirement.</summary>
    private List<DeclaredRequirement>? PbrRequirements(string file, int depth)
    {
        if (depth > DeepestFile || files.ListText(file) is not { } text)
            return null;
        var all = new List<DeclaredRequirement>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (IndexOptions.Any(option => line.TrimStart().StartsWith(option, StringComparison.Ordinal)))
                continue;
            if (!line.StartsWith("-r ", StringComparison.Ordinal))
            {
                all.AddRange(RequirementText.Lines([line], files.Budget));
                continue;
            }
            var other = line[3..].Trim();
            if (
                other.StartsWith('/')
                || other.Split('/').Contains("..")
                || PbrRequirements(other, depth + 1) is not { } more
            )
                return null;
            all.AddRange(more);
        }
        return all.TrueForAll(each => !each.Text.StartsWith('-') && each.Parsed.Success) ? all : null;
    }

    /// <summary>What <c>setup_requires</c> adds to the build requirements; null if it is unknown.</summary>
    public (IReadOnlyList<DeclaredRequirement>? Requirements, MetadataSource Source) SetupRequires()
    {
        if (arguments?.Stated("setup_requires") is { IsEmpty: false } argument)
            return (
                argument.Texts() is { } texts ? RequirementText.Lines(texts, files.Budget) : null,
                MetadataSource.SetupPy
            );
        return (config["options", "setup_requires"] is { } text ? Listed(text) : [], MetadataSource.SetupCfg);
    }

    /// <summary>Where 'none' comes from when neither file says anything.</summary>
    private MetadataSource Silent => hasScript ? MetadataSource.SetupPy : MetadataSource.SetupCfg;

    private string Place(MetadataSource source) =>
        files.Show(source == MetadataSource.SetupPy ? "setup.py" : "setup.cfg");

    /// <summary>Whether setup.py keeps a value from being known: it cannot be read, or passes something that is no
    /// literal.</summary>
    private bool IsUnclear(string keyword) =>
        isConfigUnread
        || hasScript
            && (
                arguments is null || arguments[keyword] is PythonValue.Unknown || (keyword != "name" && HasOwnCommands)
            );

    /// <summary>Whether setup() is given classes that make the metadata, and may make other ones.</summary>
    private bool HasOwnCommands =>
        arguments?.Stated("distclass") is not null
        || (
            arguments?.Stated("cmdclass") is PythonValue.Mapping commands
            && (commands.Stated("egg_info") ?? commands.Stated("dist_info")) is not null
        );

    private (string? Text, MetadataSource Source) Pick(string keyword, string section, string key)
    {
        if (IsUnclear(keyword))
            return (null, MetadataSource.SetupPy);
        if (arguments?[keyword] is { IsEmpty: false } value)
            return (
                value is PythonValue.Text text ? text.Value
                : keyword == "version" ? ModuleLiterals.VersionText(value)
                : null,
                MetadataSource.SetupPy
            );
        return (config[section, key] is { Length: > 0 } configured ? configured : null, MetadataSource.SetupCfg);
    }

    private List<DeclaredRequirement>? Listed(string value)
    {
        if (!value.StartsWith("file:", StringComparison.Ordinal))
            return RequirementText.Lines(ConfigFile.List(value, ';'), files.Budget);
        var lines = new List<string>();
        foreach (var file in ConfigFile.List(value[5..]))
        {
            if (files.ListText(file) is not { } text)
                return null;
            lines.Add(text);
        }
        return RequirementText.Lines(lines, files.Budget);
    }

    /// <summary>What <c>attr:</c> or <c>file:</c> leads to, or null where the text is no directive or leads to no
    /// literal.</summary>
    private string? Directive(string text)
    {
        if (text.StartsWith("attr:", StringComparison.Ordinal))
            return Attribute(text[5..].Trim());
        return text.StartsWith("file:", StringComparison.Ordinal) ? files.Text(text[5..].Trim())?.Trim() : null;
    }

    private string? FileText(TomlNode node)
    {
        var names = node switch
        {
            TomlText text => [text.Value],
            TomlArray array => array.Items.OfType<TomlText>().Select(t => t.Value),
            _ => [],
        };
        var parts = names.Select(files.ListText).ToList();
        return parts.Count == 0 || parts.Contains(null) ? null : string.Join("\n", parts);
    }

    /// <summary>A version as a build writes it: with <c>[egg_info] tag_build</c>, or
    /// <c>[tool.distutils.egg_info]</c>; null where there is none, or a date is added, because the clock decides
    /// it.</summary>
    public string? Tagged(string? version)
    {
        if (version is null || isConfigUnread)
            return null;
        var own = distutils?.Table("egg_info") ?? distutils?.Table("egg-info");
        if (
            config["egg_info", "tag_date"] is { } date
            && date.Trim() is not ("" or "0" or "false" or "no" or "off" or "False")
        )
            return null;
        if (
            own?["tag_date"] is TomlBoolean { Value: true } or TomlText or TomlInteger
            || own?["tag-date"] is TomlBoolean { Value: true } or TomlText or TomlInteger
        )
            return null;
        var tag = own?.Text("tag_build") ?? own?.Text("tag-build") ?? config["egg_info", "tag_build"]?.Trim() ?? "";
        var isThere =
            version.EndsWith(tag, StringComparison.Ordinal)
            || (
                Packaging.Versions.Version.TryParse("0" + tag) is { Success: true } safe
                && version.EndsWith(safe.Value.ToString()[1..], StringComparison.Ordinal)
            );
        return isThere ? version : version + tag;
    }
}
