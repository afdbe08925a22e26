using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Resolver.Generators.Archives;

/// <summary>Writes an sdist whose build backend lies in its own tree, and fails where a build requirement cannot be
/// imported: a wrong order shows.</summary>
internal static class SourceFile
{
    private const string Backend = """
        import base64, hashlib, importlib, pathlib, re, zipfile

        HERE = pathlib.Path(__file__).parent
        METADATA = (HERE / "PKG-INFO").read_text("utf-8")
        NAME, VERSION = (re.search(rf"^{field}: (.*)$", METADATA, re.M).group(1) for field in ("Name", "Version"))
        MODULE = NAME.replace("-", "_")


        def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
            for needed in (HERE / "needed-to-build.txt").read_text("utf-8").split():
                importlib.import_module(needed)
            info = f"{MODULE}-{VERSION}.dist-info"
            files = {
                f"{MODULE}.py": (HERE / f"{MODULE}.py").read_text("utf-8"),
                f"{info}/METADATA": METADATA,
                f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: generated\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            }
            record = "".join(f"{name},sha256={digest(text)},{len(text.encode())}\n" for name, text in files.items())
            files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
            wheel = f"{MODULE}-{VERSION}-py3-none-any.whl"
            with zipfile.ZipFile(pathlib.Path(wheel_directory) / wheel, "w") as archive:
                for name, text in files.items():
                    archive.writestr(name, text)
            return wheel


        def digest(text):
            return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()

        """;

    public static void Write(Stream stream, GeneratedDistribution distribution)
    {
        using var zipped = new GZipStream(stream, CompressionLevel.Fastest);
        using var tar = new TarWriter(zipped, TarEntryFormat.Ustar);
        var top = $"{distribution.Module}-{distribution.Release.Version}/";
        Add(tar, top + "PKG-INFO", distribution.Metadata());
        Add(tar, top + "pyproject.toml", Project(distribution));
        Add(tar, top + "generated_backend.py", Backend);
        Add(
            tar,
            top + "needed-to-build.txt",
            string.Concat(distribution.Release.BuildRequires.Select(requirement => Module(requirement) + "\n"))
        );
        Add(tar, top + distribution.Module + ".py", distribution.Source());
    }

    private static string Project(GeneratedDistribution distribution)
    {
        var release = distribution.Release;
        var text = new StringBuilder();
        text.Append("[build-system]\nrequires = ")
            .Append(List(release.BuildRequires))
            .Append("\nbuild-backend = \"generated_backend\"\nbackend-path = [\".\"]\n\n");
        text.Append("[project]\nname = \"")
            .Append(distribution.Project)
            .Append("\"\nversion = \"")
            .Append(release.Version)
            .Append("\"\ndependencies = ")
            .Append(List(release.Requires))
            .Append('\n');
        if (release.Extra is not null)
            text.Append("optional-dependencies = { full = ").Append(List(release.Extra)).Append(" }\n");
        return text.ToString();
    }

    private static string List(IReadOnlyList<string> requirements) =>
        "[" + string.Join(", ", requirements.Select(requirement => $"\"{requirement}\"")) + "]";

    private static string Module(string requirement) =>
        requirement.Split('<', '>', '=', '!', '~', '[')[0].Replace('-', '_');

    private static void Add(TarWriter tar, string name, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        tar.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                ModificationTime = DateTimeOffset.UnixEpoch,
                Mode = (UnixFileMode)0b110_100_100,
            }
        );
    }
}
