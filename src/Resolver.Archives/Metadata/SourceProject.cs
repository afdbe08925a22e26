using Resolver.Archives.Distributions;
using Resolver.Archives.Reading;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>Reads what a source project says of itself without running any of it: every static source, the strongest
/// first (design: trust).</summary>
internal sealed class SourceProject
{
    private readonly ProjectFiles files;
    private readonly Findings findings = new();
    private CoreMetadata? info;
    private PyProject? pyproject;
    private SetuptoolsSources setuptools;
    private BuildSystem buildSystem = BuildSystem.Legacy;
    private bool isBudgetSpent;

    private SourceProject(ProjectFiles files)
    {
        this.files = files;
        setuptools = SetuptoolsSources.None(files);
        Step(() => info = files.Read("PKG-INFO") is { } bytes ? ReadInfo(bytes) : null);
        Step(ReadPyProject);
        Step(() => setuptools = new SetuptoolsSources(files, pyproject));
        if (setuptools.Failure is { } failure)
            Report(failure);
    }

    /// <summary>Runs a step of reading. What it finds out before the budget is spent, or it meets a value that cannot
    /// be, stays; after that nothing that is still open is known.</summary>
    private void Step(Action read)
    {
        try
        {
            read();
        }
        catch (ReadingBudgetException e)
        {
            Report(e);
            // A weaker source is no substitute for a stronger one that was left half-read.
            foreach (var value in (string[])["version", "requires_dist", "requires_python"])
                findings.Block(value);
        }
        catch (PathException e)
        {
            findings.Report("path-invalid", files.Place, e.Message, fatal: true);
        }
    }

    private void Report(ReadingBudgetException e)
    {
        if (isBudgetSpent)
            return;
        isBudgetSpent = true;
        findings.Report("metadata-too-large", files.Place, $"{e.Message}; what is not known by then is unknown");
    }

    private void ReadPyProject()
    {
        if (files.PyProject() is { } read)
        {
            if (read.Success)
                pyproject = read.Value;
            else
                findings.Report("toml-invalid", read.Error, fatal: true);
        }
        else if (files.Exists("pyproject.toml"))
            findings.Report(
                "metadata-too-large",
                files.Show("pyproject.toml"),
                $"it is longer than {MetadataBounds.ListBytes} bytes, or cannot be read",
                fatal: true
            );
        buildSystem = pyproject?.BuildSystem ?? BuildSystem.Legacy;
    }

    /// <summary>Fills a distribution with what is known; path, kind, hash and size stay the caller's.</summary>
    public static Distribution Read(ProjectFiles files, Distribution blank)
    {
        try
        {
            return new SourceProject(files).Run(blank);
        }
        catch (Exception e) when (ReadingFault.IsOfOneFile(e))
        {
            return ReadingFault.Line(blank, e);
        }
    }

    private bool UsesSetuptools =>
        buildSystem.EffectiveBackend.StartsWith("setuptools", StringComparison.Ordinal)
        || buildSystem.Requires.Any(r => r.Parsed.Success && r.Parsed.Value.Name.Normalized is "setuptools" or "pbr");

    private bool Backend(string part) => buildSystem.EffectiveBackend.Contains(part, StringComparison.Ordinal);

    private Distribution Run(Distribution blank)
    {
        if (pyproject is not null)
        {
            foreach (var error in buildSystem.Errors)
                findings.Report("pyproject-invalid", error, fatal: true);
            foreach (var error in pyproject.Project?.Errors ?? [])
                findings.Report("pyproject-invalid", error);
        }
        if (!files.Exists("pyproject.toml") && !files.Exists("setup.py"))
            findings.Report(
                "not-a-distribution",
                files.Place,
                files.ProjectFileOutside() is var (name, target)
                    ? $"its {name} is a link to {OneLine.Quote(target)}, outside the tree, and is not followed: name "
                        + $"the folder that it lies in"
                    : "neither pyproject.toml nor setup.py is there, so nothing can build it",
                fatal: true
            );

        foreach (
            var step in (Action[])
                [
                    ReadBuildRequires,
                    FromPackageInfo,
                    FromProjectTable,
                    FromPoetry,
                    FromFlit,
                    FromOldPackageInfoIdentity,
                    FromDynamicVersion,
                    FromGitArchive,
                    FromEggInfo,
                    FromSetuptools,
                    FromOldPackageInfo,
                ]
        )
            Step(step);
        // Its name part is a guess and is not used: of 'coveragepy-7' it is 'coverage', and of 'lxml-lxml-6' 'lxml'.
        var (tag, release) = FolderIdentity.Of(files.ReleaseFolder);
        if (files.ReleaseFolder == files.FolderName || FolderIdentity.Names(tag, findings.Name, files.FolderName))
            findings.OfferVersion(release, MetadataSource.FolderName, files.Place);
        if (
            findings.VersionIsOpen
            && files.ArchiveStem is { } stem
            && FolderIdentity.VersionOfFile(stem) is { } version
        )
        {
            findings.OfferVersion(version, MetadataSource.FolderName, files.Place);
            findings.Report(
                "version-by-file-name",
                files.Place,
                $"only the file name says that this is version {findings.Version}"
            );
        }
        SayWhatIsUnknown();

        return blank with
        {
            Name = findings.Name,
            RawName = findings.RawName,
            Version = findings.Version,
            RequiresPython = findings.RequiresPython,
            RequiresDist = findings.RequiresDist,
            Extras = findings.Extras,
            BuildRequires = findings.BuildRequires,
            BuildBackend = buildSystem.EffectiveBackend,
            BackendPath = buildSystem.BackendPath,
            Known = Known(),
            VersionVariables = VersionVariables(),
            Problems = [.. blank.Problems, .. findings.Problems],
        };
    }

    private CoreMetadata? ReadInfo(byte[] bytes)
    {
        if (MetadataBounds.HasTooManyFields(bytes))
        {
            findings.Report(
                "metadata-too-large",
                files.Show("PKG-INFO"),
                $"it has more than {MetadataBounds.Fields} fields; it is not used",
                fatal: true
            );
            return null;
        }
        var read = CoreMetadata.Read(bytes, files.Show("PKG-INFO"));
        if (!read.IsSupported)
        {
            findings.Report(
                "metadata-invalid",
                files.Show("PKG-INFO"),
                $"Metadata-Version {read.MetadataVersionText} is newer than this program supports; it is not used"
            );
            return null;
        }
        foreach (
            var defect in read.Defects.Where(d =>
                read.Name is null
                || read.RawVersion is null
                || d.Found.Contains("Requires-Dist", StringComparison.Ordinal)
            )
        )
            findings.Report("metadata-invalid", defect);
        if (read.RawVersion is not null && read.Version is null)
            findings.Report(
                "version-invalid",
                files.Show("PKG-INFO"),
                $"{OneLine.Quote(read.RawVersion)} is not a version (PEP 440)"
            );
        return read;
    }

    private bool IsModern => info?.MetadataVersion >= MetadataVersion.FirstWithDynamic;

    private void FromPackageInfo()
    {
        if (info is null || !IsModern)
            return;
        var place = files.Show("PKG-INFO");
        findings.OfferName(info.RawName, MetadataSource.PkgInfo, place);
        if (info.Version is not null)
            findings.OfferVersion(info.RawVersion, MetadataSource.PkgInfo, place);
        if (info.Knowledge("Requires-Dist") == FieldKnowledge.Guaranteed)
            findings.OfferRequires(
                info.RequiresDist,
                info.ProvidesExtra.Select(e => e.Normalized),
                MetadataSource.PkgInfo,
                place
            );
        if (info.Knowledge("Requires-Python") == FieldKnowledge.Guaranteed)
            findings.OfferPython(info.RawRequiresPython, MetadataSource.PkgInfo, place);
    }

    /// <summary>PDM's backend hands what the table says to a hook of the project's own, which may write anything into
    /// it, whatever PEP 621 says of fields that are not dynamic.</summary>
    private bool HasOwnHook =>
        Backend("pdm")
        && (files.Exists("pdm_build.py") || pyproject?.Tool("pdm")?.Table("build")?.Has("custom-hook") == true);

    private void FromProjectTable()
    {
        if (pyproject?.Project is not { } project)
            return;
        var place = pyproject.File;
        findings.OfferName(project.RawName, MetadataSource.PyProject, place);
        if (HasOwnHook)
            return;
        if (!project.IsDynamic("version"))
            findings.OfferVersion(
                UsesSetuptools ? setuptools.Tagged(project.RawVersion) : project.RawVersion,
                MetadataSource.PyProject,
                place
            );
        // Setuptools writes what setup() says over the table's bound (Distribution._finalize_requires), against PEP
        // 621; what setup.cfg says, the table overrides.
        if (UsesSetuptools)
            setuptools.OfferPythonOverride(findings);
        // What the table does not say, poetry-core takes from its own one, whether it is called dynamic or not.
        var isLeftToPoetry = Backend("poetry") && pyproject.Tool("poetry")?.Table("dependencies") is not null;
        if (!project.IsDynamic("requires-python") && !(isLeftToPoetry && project.RawRequiresPython is null))
            findings.OfferPython(project.RawRequiresPython, MetadataSource.PyProject, place);
        var extras = project.OptionalDependencies?.Select(o => o.RawName) ?? [];
        if (isLeftToPoetry && HasNoRequirements(project))
            return;
        if (project.RequiresDist is { } requires)
        {
            if (Backend("hatchling"))
                requires = SelfReferences.Expanded(project, requires);
            // hatchling writes the place of the build into such a URL.
            if (
                Backend("hatchling")
                && requires.Any(each =>
                    each.Text.Contains("{root", StringComparison.Ordinal)
                    || each.Text.Contains("{env:", StringComparison.Ordinal)
                )
            )
                findings.Block("requires_dist");
            findings.OfferRequires(requires, extras, MetadataSource.PyProject, place);
        }
        else if (UsesSetuptools && setuptools.Dynamic is { } dynamic)
            FromSetuptoolsDynamic(project, dynamic, place);
        else if (
            pyproject.Tool("hatch")?.Table("metadata")?.Table("hooks")?.Table("requirements_txt")?.Array("files")
                is { } names
            && !project.IsDynamic("optional-dependencies")
        )
        {
            var texts = names.Items.OfType<TomlText>().Select(t => files.ListText(t.Value)).ToList();
            if (texts.Count > 0 && !texts.Contains(null))
                findings.OfferRequires(
                    [.. RequirementText.Lines(texts!, files.Budget), .. OptionalOf(project)],
                    extras,
                    MetadataSource.PyProject,
                    place
                );
        }
    }

    private static IEnumerable<DeclaredRequirement> OptionalOf(ProjectTable project) =>
        (project.OptionalDependencies ?? []).SelectMany(o =>
            o.Requirements.Select(r => ExtraRequirements.Of(r, o.Extra))
        );

    /// <summary><c>dependencies = {file = …}</c> and <c>optional-dependencies.x = {file = …}</c> of
    /// setuptools.</summary>
    private void FromSetuptoolsDynamic(ProjectTable project, TomlTable dynamic, string place)
    {
        var all = new List<DeclaredRequirement>();
        if (!project.IsDynamic("dependencies"))
            all.AddRange(project.Dependencies ?? []);
        else if (setuptools.DynamicRequirements(dynamic["dependencies"]) is { } lines)
            all.AddRange(lines);
        else
            return;
        var extras = new List<string>();
        if (!project.IsDynamic("optional-dependencies"))
        {
            all.AddRange(OptionalOf(project));
            extras.AddRange((project.OptionalDependencies ?? []).Select(o => o.RawName));
        }
        else
        {
            if (dynamic["optional-dependencies"] is not TomlTable optional)
                return;
            foreach (var (extra, node) in optional.Entries)
            {
                if (
                    setuptools.DynamicRequirements(node) is not { } lines
                    || !RequirementText.AddExtra(all, extras, extra, lines, files.Budget)
                )
                    return;
            }
        }
        findings.OfferRequires(all, extras, MetadataSource.PyProject, place);
    }

    private void FromPoetry()
    {
        if (!Backend("poetry") || pyproject?.Tool("poetry") is not { } table)
            return;
        var poetry = new PoetryTable(table);
        findings.OfferName(poetry.Name, MetadataSource.Poetry, pyproject.File);
        var fromTags =
            Backend("poetry_dynamic_versioning")
            || pyproject.Tool("poetry-dynamic-versioning")?["enable"] is TomlBoolean { Value: true };
        if (!fromTags)
            findings.OfferVersion(poetry.Version, MetadataSource.Poetry, pyproject.File);
        if (pyproject.Project?.RawRequiresPython is null && poetry.RequiresPython is { } python)
            findings.OfferPython(python, MetadataSource.Poetry, pyproject.File);
        if (
            (pyproject.Project is null || HasNoRequirements(pyproject.Project)) && poetry.RequiresDist() is { } requires
        )
            findings.OfferRequires(requires, poetry.Extras, MetadataSource.Poetry, pyproject.File);
        else if (
            pyproject.Project is { } project
            && project.IsDynamic("dependencies")
            && !project.IsDynamic("optional-dependencies")
            && poetry.RequiresDist() is { } dynamic
        )
            findings.OfferRequires(
                [.. dynamic, .. OptionalOf(project)],
                project.OptionalDependencies?.Select(o => o.RawName) ?? [],
                MetadataSource.Poetry,
                pyproject.File
            );
    }

    private static bool HasNoRequirements(ProjectTable project) =>
        project.Dependencies is null or { Count: 0 } && project.OptionalDependencies is null or { Count: 0 };

    private void FromFlit()
    {
        if (!Backend("flit"))
            return;
        var metadata = pyproject?.Tool("flit")?.Table("metadata");
        var module =
            metadata?.Text("module")
            ?? pyproject?.Tool("flit")?.Table("module")?.Text("name")
            ?? pyproject?.Project?.RawName?.Replace('-', '_');
        if (metadata is not null && pyproject is not null)
        {
            findings.OfferName(
                metadata.Text("dist-name") ?? metadata.Text("module"),
                MetadataSource.Flit,
                pyproject.File
            );
            var all = Texts(metadata.Array("requires"));
            var extras = new List<string>();
            var known = true;
            foreach (var (extra, node) in metadata.Table("requires-extra")?.Entries ?? [])
            {
                if (extra == ".none")
                    all.AddRange(Texts(node as TomlArray));
                else
                    known &= RequirementText.AddExtra(all, extras, extra, Texts(node as TomlArray), files.Budget);
            }
            if (metadata["dev-requires"] is TomlArray development && !extras.Contains("dev"))
                RequirementText.AddExtra(all, extras, "dev", Texts(development), files.Budget);
            if (known)
                findings.OfferRequires(all, extras, MetadataSource.Flit, pyproject.File);
            findings.OfferPython(metadata.Text("requires-python"), MetadataSource.Flit, pyproject.File);
        }
        if (
            module is not null
            && findings.VersionIsOpen
            && info is null
            && (pyproject?.Project is null || pyproject.Project.IsDynamic("version"))
        )
            findings.OfferVersion(
                ModuleLiterals.Attribute(files, $"{module}.__version__", ["", "src"]),
                MetadataSource.Flit,
                files.Show(module)
            );
    }

    private static List<DeclaredRequirement> Texts(TomlArray? array) =>
        [
            .. (array?.Items ?? [])
                .OfType<TomlText>()
                .Select(t => DeclaredRequirement.Read(t.Value.Trim(), t.Line, t.Column)),
        ];

    /// <summary>Before 2.2 name and version are right all the same (100 of 100 in a real archive), and better than
    /// any literal: tags are already in them.</summary>
    private void FromOldPackageInfoIdentity()
    {
        if (info is null)
            return;
        findings.OfferName(info.RawName, MetadataSource.OldPkgInfo, files.Show("PKG-INFO"));
        if (info.Version is not null)
            findings.OfferVersion(info.RawVersion, MetadataSource.OldPkgInfo, files.Show("PKG-INFO"));
    }

    /// <summary>Versions that a backend takes from a literal in the tree.</summary>
    private void FromDynamicVersion()
    {
        if (pyproject is null || HasOwnHook)
            return;
        // A version that [project] does not call dynamic is the one it states.
        if (pyproject.Project is { } project && !project.IsDynamic("version"))
            return;
        var version = UsesSetuptools
            ? setuptools.DynamicVersion()
            : new BackendVersions(files, pyproject, buildSystem.EffectiveBackend).Find();
        findings.OfferVersion(version, MetadataSource.PyProject, pyproject.File);
        findings.ConfirmVersion(version, MetadataSource.PyProject);
    }

    private void FromEggInfo()
    {
        if (!findings.RequiresDistIsOpen || EggInfo.Find(files) is not { } folder)
            return;
        if (files.ListText($"{folder}/requires.txt") is { } text)
        {
            var (requirements, extras) = EggInfo.ReadRequires(text, files.Budget);
            findings.OfferRequires(requirements, extras, MetadataSource.EggInfo, files.Show($"{folder}/requires.txt"));
        }
        // Setuptools writes requires.txt only where there is something to write; SOURCES.txt shows that the folder is
        // whole.
        else if (
            info is not null
            && !files.Exists($"{folder}/requires.txt")
            && files.Exists($"{folder}/SOURCES.txt")
            && files.Exists($"{folder}/PKG-INFO")
        )
            findings.OfferRequires([], [], MetadataSource.EggInfo, files.Show(folder));
    }

    private void FromSetuptools()
    {
        if (!UsesSetuptools || !setuptools.Any)
            return;
        setuptools.OfferName(findings);
        var project = pyproject?.Project;
        if (project is null || project.IsDynamic("version"))
            setuptools.OfferVersion(findings);
        if (project is null || project.IsDynamic("requires-python"))
            setuptools.OfferPython(findings);
        if (project is null)
            setuptools.OfferRequires(findings);
    }

    private void FromOldPackageInfo()
    {
        if (info is null || IsModern)
            return;
        if (info.RequiresDist.Count > 0)
            findings.OfferRequires(
                info.RequiresDist,
                info.ProvidesExtra.Select(e => e.Normalized),
                MetadataSource.OldPkgInfo,
                files.Show("PKG-INFO")
            );
        if (info.RawRequiresPython is not null)
            findings.OfferPython(info.RawRequiresPython, MetadataSource.OldPkgInfo, files.Show("PKG-INFO"));
    }

    private void ReadBuildRequires()
    {
        var place = files.Show("pyproject.toml");
        findings.BuildRequiresSource = MetadataSource.PyProject;
        if (findings.Accept(buildSystem.Requires, place) is { } requires)
            findings.BuildRequires = [.. requires];
        else
            (findings.BuildRequires, findings.BuildRequiresSource) = (null, null);
        ReadAddedBuildRequires();
        if (!UsesSetuptools || findings.BuildRequires is null)
            return;
        var (more, source) = setuptools.SetupRequires();
        if (more is null)
        {
            findings.Report(
                "metadata-dynamic",
                files.Show("setup.py"),
                $"setup_requires is computed; if the build needs more than pyproject.toml says, ",
                isUnknown: true
            );
            return;
        }
        if (
            more.Count == 0
            || findings.Accept(more, files.Show(source == MetadataSource.SetupPy ? "setup.py" : "setup.cfg"))
                is not { } accepted
        )
            return;
        foreach (var requirement in accepted.Where(r => !findings.BuildRequires.Contains(r)))
            findings.BuildRequires.Add(requirement);
        findings.BuildRequiresSource = source;
    }

    /// <summary>What the backend adds when it is asked, where that can be read.</summary>
    private void ReadAddedBuildRequires()
    {
        if (findings.BuildRequires is null)
            return;
        var (added, incomplete) = AddedBuildRequires.Of(files, pyproject, buildSystem);
        if (added.FirstOrDefault(each => !each.Parsed.Success) is { } unread)
            incomplete ??= $"its build hooks require '{unread.Text}', which is made when it is built";
        foreach (var each in added.Where(each => each.Parsed.Success).Select(each => each.Parsed.Value))
        {
            if (!findings.BuildRequires.Contains(each))
                findings.BuildRequires.Add(each);
        }
        if (incomplete is not null)
            findings.Report("build-requires-incomplete", files.Place, $"{incomplete}: ", isUnknown: true);
    }

    private void SayWhatIsUnknown()
    {
        var unknown = new List<string>();
        if (findings.NameSource is null)
            unknown.Add("name");
        if (findings.VersionSource is null)
            unknown.Add("version");
        if (findings.RequiresDistSource is null)
            unknown.Add("dependencies");
        if (findings.RequiresPythonSource is null && unknown.Count > 0)
            unknown.Add("requires-python");
        if (unknown.Count == 0 || findings.Problems.Any(p => p.Fatal))
            return;
        var why = UsesSetuptools && setuptools.Opaque is { } opaque ? $"; {opaque}" : "";
        findings.Report(
            "metadata-dynamic",
            files.Place,
            $"{Enumerate(unknown)} cannot be known without running code{why}: ",
            isUnknown: true
        );
    }

    private static string Enumerate(List<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";

    private SortedDictionary<string, MetadataSource?> Known() =>
        new(StringComparer.Ordinal)
        {
            ["name"] = findings.NameSource,
            ["version"] = findings.VersionSource,
            ["requires_dist"] = findings.RequiresDistSource,
            ["requires_python"] = findings.RequiresPythonSource,
            ["extras"] = findings.ExtrasSource,
            ["build_requires"] = findings.BuildRequiresSource,
        };

    /// <summary>Only where the version is not in the archive itself: a backend that finds PKG-INFO or a literal needs
    /// no word.</summary>
    private IReadOnlyList<string> VersionVariables() =>
        findings.VersionSource is null or MetadataSource.FolderName or MetadataSource.GitArchival && info is null
            ? VersionTools.Variables(findings.Name)
            : [];

    private VersionControl VersionTools => new(pyproject, setuptools, findings.BuildRequires ?? []);

    /// <summary>What <c>git archive</c> and version control say of the version, and of whether it can be
    /// built.</summary>
    private void FromGitArchive()
    {
        if (info is not null)
            return;
        if (VersionTools.Archived(files) is { } version && setuptools.Tagged(version) == version)
            findings.OfferVersion(version, MetadataSource.GitArchival, files.Show(".git_archival.txt"));
        if (findings.VersionIsOpen && VersionTools.Untold is { } tool)
            findings.Report(
                "version-untold",
                files.Place,
                $"{tool} takes the version from version control and cannot be told another: if the build gives "
                    + $"another version than is planned, use the sdist of the project"
            );
        if (SetuptoolsEggInfo.IsMissing(files))
            findings.Report(
                "setuptools-without-egg-info",
                files.Place,
                SetuptoolsEggInfo.CanBeMade(files)
                    ? "'git archive' leaves out the egg-info that setuptools needs to build itself; resolver adds it "
                        + "to the copy that it builds. For pip alone (invalid command 'dist_info') use the sdist or "
                        + "the wheel of setuptools"
                    : "setuptools cannot be built from 'git archive', which leaves out its egg-info (invalid command "
                        + "'dist_info'): use its sdist or its wheel",
                fatal: !SetuptoolsEggInfo.CanBeMade(files)
            );
    }
}
