using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Resolver.Cli.Tests;

/// <summary>Sdists that hold their own build backend, so that a test says what each hook does.</summary>
internal static class ToyBackends
{
    /// <summary>What a whole backend answers: no more build requirements, and these to run.</summary>
    public static string Answering(string name, string version, params string[] requires) =>
        $"""
            import os
            def prepare_metadata_for_build_wheel(folder, settings=None):
                info = '{name}-{version}.dist-info'
                os.mkdir(os.path.join(folder, info))
                with open(os.path.join(folder, info, 'METADATA'), 'w') as file:
                    file.write('Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n' + ''.join('Requires-Dist: %s\n' % each for each in {Texts(
                requires
            )}))
                return info
            """;

    /// <summary>A backend that also builds: a wheel with the metadata it answers and one module of the project's
    /// name.</summary>
    /// <param name="module">The text of the module.</param>
    public static string Building(string name, string version, string module, params string[] requires) =>
        Answering(name, version, requires)
        + $"""

            def build_wheel(folder, settings=None, metadata=None):
                import zipfile
                info = prepare_metadata_for_build_wheel(folder)
                with zipfile.ZipFile(os.path.join(folder, '{name}-{version}-py3-none-any.whl'), 'w') as wheel:
                    wheel.writestr('{name}.py', {Text(module)})
                    wheel.write(os.path.join(folder, info, 'METADATA'), info + '/METADATA')
                    wheel.writestr(info + '/WHEEL', 'Wheel-Version: 1.0\nGenerator: toy\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
                    wheel.writestr(info + '/RECORD', '{name}.py,,\n%s/METADATA,,\n%s/WHEEL,,\n%s/RECORD,,\n' % (info, info, info))
                return '{name}-{version}-py3-none-any.whl'

            """;

    /// <summary>Writes an sdist whose dependencies only its backend knows.</summary>
    /// <param name="backend">The text of the backend.</param>
    /// <param name="requires">What it says it needs to be built.</param>
    /// <param name="project">What its table says; null: name and version.</param>
    /// <returns>Its path.</returns>
    public static string Sdist(
        this TemporaryFolder folder,
        string name,
        string version,
        string backend,
        string[]? requires = null,
        string? project = null,
        string suffix = ""
    )
    {
        var file = folder[$"archive/{name}-{version}{suffix}.tar.gz"];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var stream = File.Create(file);
        using var gzip = new GZipStream(stream, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Pax);
        Add(
            "pyproject.toml",
            $"""
            [build-system]
            requires = {Texts(requires ?? [])}
            build-backend = "backend"
            backend-path = ["."]
            {project ?? $"[project]\nname = \"{name}\"\nversion = \"{version}\"\ndynamic = [\"dependencies\"]"}
            """
        );
        Add("backend.py", backend);
        return file;

        void Add(string path, string text) =>
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, $"{name}-{version}/{path}")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                }
            );
    }

    private static string Text(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'";

    private static string Texts(string[] texts) => $"[{string.Join(", ", texts.Select(each => $"'{each}'"))}]";
}
