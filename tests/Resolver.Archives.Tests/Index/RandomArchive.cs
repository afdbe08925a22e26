using CsCheck;
using Resolver.Archives.Files;

namespace Resolver.Archives.Tests.Index;

/// <summary>A directory of small sdists, wheels, trees and things that are none, and changes of it. Every change can
/// be told by an identity: it is repeated until the file system's clock has moved.</summary>
internal sealed class RandomArchive(Scratch scratch)
{
    private static readonly string[] Folders = ["a", "a/deep", "b"];
    private static readonly string[] Names = ["alpha", "beta", "gamma", "delta"];

    /// <summary>A change: what to do, to which of the files, with which seed of content.</summary>
    public static Gen<(int Kind, int Which, int Seed)[]> Changes { get; } =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1000], Gen.Int[0, 1000]).Array[1, 8];

    public string Root => scratch["archive"];

    public void Fill(int seed)
    {
        foreach (var folder in Folders)
            Directory.CreateDirectory(Path.Combine(Root, folder));
        for (var i = 0; i < 8; i++)
            Add(seed + i);
    }

    public void Change(int kind, int which, int seed)
    {
        var files = Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".toml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (files.Length == 0 || kind == 0)
        {
            Add(seed);
            return;
        }
        var file = files[which % files.Length];
        switch (kind)
        {
            case 1: // replaced by another file of the same name
                InFolder(() =>
                {
                    File.WriteAllBytes(scratch["new"], Content(Path.GetFileName(file), seed));
                    File.Move(scratch["new"], file, overwrite: true);
                });
                break;
            case 2: // renamed
                InFolder(() =>
                    File.Move(
                        file,
                        Path.Combine(Path.GetDirectoryName(file)!, $"moved{seed % 3}-{Path.GetFileName(file)}"),
                        overwrite: true
                    )
                );
                break;
            case 3: // moved to another folder
                InFolder(() =>
                {
                    var to = Path.Combine(Root, Folders[seed % Folders.Length]);
                    Directory.CreateDirectory(to);
                    File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
                });
                break;
            case 4:
                InFolder(() => File.Delete(file));
                break;
            case 5: // touched
                InPlace(file, () => File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(seed)));
                break;
            case 6: // other content, the same time and length
                var (time, old) = (File.GetLastWriteTimeUtc(file), File.ReadAllBytes(file));
                InPlace(
                    file,
                    () =>
                    {
                        var content = Content(Path.GetFileName(file), seed);
                        Array.Resize(ref content, old.Length);
                        File.WriteAllBytes(file, content);
                        File.SetLastWriteTimeUtc(file, time);
                    }
                );
                break;
            case 7: // other content in place
                InPlace(file, () => File.WriteAllBytes(file, Content(Path.GetFileName(file), seed)));
                break;
            case 8: // a folder becomes a tree, or is one no more
                var marker = Path.Combine(Root, "b", "pyproject.toml");
                InFolder(() =>
                {
                    if (File.Exists(marker))
                        File.Delete(marker);
                    else
                        File.WriteAllText(marker, "[project]\nname = 'tree'\nversion = '1'\n");
                });
                break;
            default: // a whole folder is moved
                if (Directory.Exists(Path.Combine(Root, "a")))
                    InFolder(() => Directory.Move(Path.Combine(Root, "a"), Path.Combine(Root, $"a{seed}")));
                else
                    InFolder(() => Directory.CreateDirectory(Path.Combine(Root, "a", "deep")));
                break;
        }
    }

    private void Add(int seed)
    {
        var (name, version) = (Names[seed % Names.Length], 1 + seed % 5);
        var file = Path.Combine(
            Root,
            Folders[seed % Folders.Length],
            (seed % 7) switch
            {
                0 => $"{name}-{version}.zip",
                1 or 2 => $"{name}-{version}.tar.gz",
                3 => $"{name}-{version}.tar",
                _ => $"{name}-{version}-py3-none-any.whl",
            }
        );
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        InFolder(() => File.WriteAllBytes(file, Content(Path.GetFileName(file), seed)));
    }

    /// <summary>Something that a file of this name may hold, and always of the same project where it is read at all:
    /// what a project's file becomes is seen when the project is asked for.</summary>
    private static byte[] Content(string file, int seed)
    {
        var plain = file[
            (file.LastIndexOf("moved", StringComparison.Ordinal) is var at and >= 0 ? file.IndexOf('-', at) + 1 : 0)..
        ];
        var (name, version) = (plain.Split('-')[0], plain.Split('-')[1].Split('.')[0]);
        var requires = Names[seed % Names.Length];
        if (seed % 11 == 0)
            return [.. Enumerable.Range(0, 40).Select(i => (byte)(i * seed))];
        if (seed % 13 == 0)
            return [];
        if (file.EndsWith(".whl", StringComparison.Ordinal))
        {
            var info = $"{name}-{version}.dist-info";
            return Scratch.ZipBytes(
                (
                    $"{info}/METADATA",
                    $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Dist: {requires} "
                        + $"(>={seed % 4})\nRequires-Python: >=3.{seed % 9}\n"
                ),
                ($"{info}/WHEEL", "Wheel-Version: 1.0\n"),
                ($"{info}/RECORD", "")
            );
        }
        var extra = seed % 3 == 0 ? "[project.optional-dependencies]\nx = ['one; python_version > \"3\"']\n" : "";
        (string, string)[] files =
        [
            (
                $"{name}-{version}/pyproject.toml",
                $"[build-system]\nrequires = ['flit_core']\nbuild-backend = 'flit_core.buildapi'\n[project]\nname = "
                    + $"'{name}'\nversion = '{version}'\ndependencies = ['{requires}']\n{extra}"
            ),
            ($"{name}-{version}/sub/pyproject.toml", $"[project]\nname = '{name}'\nversion = '{version}.1'\n"),
            ($"{name}-{version}/pad.txt", new string('x', seed % 50)),
        ];
        return file.EndsWith(".zip", StringComparison.Ordinal) ? Scratch.ZipBytes(files)
            : file.EndsWith(".gz", StringComparison.Ordinal) ? Scratch.Gzip(Scratch.Tar(files))
            : Scratch.Tar(files);
    }

    private static void InPlace(string file, Action change)
    {
        var before = FileIdentity.Of(file);
        do change();
        while (FileIdentity.Of(file) == before);
    }

    /// <summary>A change of a folder's entries, which shows in the folder's own identity.</summary>
    private void InFolder(Action change)
    {
        var folders = Directory
            .EnumerateDirectories(Root, "*", SearchOption.AllDirectories)
            .Append(Root)
            .ToDictionary(f => f, FileIdentity.Of);
        change();
        foreach (var (each, before) in folders)
        {
            // All of them: the other end of a move lies in one, too.
            while (Directory.Exists(each) && FileIdentity.Of(each) == before)
            {
                File.WriteAllText(Path.Combine(each, "probe"), "");
                File.Delete(Path.Combine(each, "probe"));
            }
        }
    }
}
