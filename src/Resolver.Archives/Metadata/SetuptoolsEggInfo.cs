using System.Text;
using Resolver.Archives.Containers;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>The egg-info of setuptools itself. Its commands are entry points of it, so without it setuptools cannot
/// build itself (<c>invalid command 'dist_info'</c>). Its sdist contains the folder; <c>git archive</c> leaves it
/// out.</summary>
/// <remarks>A frontend that asks for <c>get_requires_for_build_wheel</c> first makes the folder by doing so; <c>pip
/// wheel --no-build-isolation</c> does not ask.</remarks>
public static class SetuptoolsEggInfo
{
    private const string Folder = "setuptools.egg-info";
    private const string EntryPoints = Folder + "/entry_points.txt";

    private const string Backend = "setuptools/build_meta.py";

    /// <summary>Whether a project is setuptools without its egg-info.</summary>
    internal static bool IsMissing(ProjectFiles files) =>
        files.PyProject() is { Success: true, Value.BuildSystem: { BackendPath.Count: > 0 } build }
        && build.EffectiveBackend.StartsWith("setuptools.build_meta", StringComparison.Ordinal)
        && files.Exists(Backend)
        && !files.Exists(EntryPoints);

    /// <summary>Whether what is missing follows from its files: the entry points are not computed.</summary>
    internal static bool CanBeMade(ProjectFiles files) => Groups(files).Count > 0;

    /// <summary>Whether an archive holds setuptools without its egg-info.</summary>
    /// <param name="contents">Its pyproject.toml files need not be kept.</param>
    /// <param name="subdirectory">Of the project, below the archive's top folder; empty for that folder itself.</param>
    public static bool IsMissing(ContainerContents contents, string subdirectory) =>
        contents
            .Entries.Keys.Where(path => path.EndsWith(Backend, StringComparison.Ordinal))
            .Select(path => path[..^Backend.Length])
            .Any(root =>
                (
                    subdirectory.Length == 0
                        ? root.Count(c => c == '/') <= 1
                        : root.EndsWith(subdirectory + "/", StringComparison.Ordinal)
                )
                && contents.Entries.ContainsKey(root + "pyproject.toml")
                && !contents.Entries.ContainsKey(root + EntryPoints)
            );

    /// <summary>Whether a folder holds setuptools without its egg-info.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsMissing(string folder) => IsMissing(new TreeFiles(folder));

    /// <summary>Writes the egg-info that is missing, where it follows from the files: the name, the version and the
    /// entry points. The build replaces it by the whole.</summary>
    /// <param name="folder">The root of an unpacked project.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static bool Make(string folder)
    {
        var files = new TreeFiles(folder);
        if (!IsMissing(files) || Groups(files) is not { Count: > 0 } groups)
            return false;
        Directory.CreateDirectory(Path.Combine(folder, Folder));
        var version =
            files.PyProject()?.Value.Project?.Version?.ToString() ?? Setup(files)?["metadata", "version"] ?? "0";
        File.WriteAllText(
            Path.Combine(folder, Folder, "PKG-INFO"),
            $"Metadata-Version: 2.1\nName: setuptools\nVersion: {version}\n"
        );
        File.WriteAllText(Path.Combine(folder, EntryPoints), Text(groups));
        return true;
    }

    private static string Text(IReadOnlyList<(string Group, IReadOnlyList<string> Lines)> groups)
    {
        var text = new StringBuilder();
        foreach (var (group, lines) in groups)
            text.Append('[').Append(group).Append("]\n").AppendJoin('\n', lines).Append("\n\n");
        return text.ToString();
    }

    private static List<(string Group, IReadOnlyList<string> Lines)> Groups(ProjectFiles files)
    {
        if (files.PyProject()?.Value.Document.Table("project")?.Table("entry-points") is { } table)
            return
            [
                .. table.Entries.Select(group =>
                    (group.Key, (IReadOnlyList<string>)[.. Lines(group.Value as TomlTable)])
                ),
            ];
        return
        [
            .. (Setup(files)?.Section("options.entry_points") ?? new Dictionary<string, string>()).Select(group =>
                (group.Key, (IReadOnlyList<string>)[.. group.Value.Split('\n').Where(line => line.Length > 0)])
            ),
        ];
    }

    private static IEnumerable<string> Lines(TomlTable? group) =>
        (group?.Entries ?? [])
            .Where(each => each.Value is TomlText)
            .Select(each => $"{each.Key} = {((TomlText)each.Value).Value}");

    private static ConfigFile? Setup(ProjectFiles files) =>
        files.Text("setup.cfg") is { } text ? ConfigFile.Read(text, files.Budget, "options.entry_points") : null;
}
