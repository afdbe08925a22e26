using System.Security.Cryptography;
using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Hashes;
using Resolver.Archives.Scanning;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Hashes;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Names;
using Resolver.Packaging.References;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Locks;

/// <summary>What an interpreter gets from a lock file (PEP 751), as files on this disk: at the path that is locked,
/// else by their name in the archive. Nothing is taken from a network.</summary>
public static class LockedBatch
{
    /// <summary>A file or tree to install.</summary>
    /// <param name="Path">As a batch takes it.</param>
    /// <param name="Sha256">Of its content, which is the locked one; null for a tree.</param>
    /// <param name="Version">The locked version; null where the lock has none.</param>
    /// <param name="Place">Where it is locked, for a person.</param>
    /// <param name="IsEditable">Whether it is a tree that is locked as editable.</param>
    public sealed record Item(
        PackageName Name,
        string Path,
        string? Sha256,
        Version? Version,
        string Place,
        bool IsEditable = false
    );

    /// <summary>Finds them all, and compares their content with what is locked.</summary>
    /// <param name="file">The lock file's path, as given.</param>
    /// <param name="archive">Where files are looked for by name (<c>-f</c>).</param>
    /// <param name="extras">The extras requested.</param>
    /// <param name="groups">The dependency groups requested; empty: the lock's default groups.</param>
    /// <exception cref="InputException">The lock is not for this interpreter, or a file is not there, or has other
    /// content.</exception>
    public static IReadOnlyList<Item> Of(
        PyLock locked,
        string file,
        Interpreter interpreter,
        IReadOnlyList<string> archive,
        IReadOnlyList<string> extras,
        IReadOnlyList<string> groups
    )
    {
        var selected = locked.Select(
            interpreter.Environment,
            interpreter.Tags,
            [.. extras.Select(ExtraOf)],
            groups.Count == 0 ? null : [.. groups]
        );
        if (!selected.Success)
            throw InputException.BadInput(selected.Error.ToString());
        var folder = LockPaths.FolderRead(file) is { Length: > 0 } named ? named : ".";
        var places = new Lazy<ILookup<string, string>>(() =>
            archive
                .Where(Directory.Exists)
                .SelectMany(ArchiveScanner.FilesBelow)
                .Select(each => each.Shown)
                .Order(StringComparer.Ordinal)
                .ToLookup(path => Path.GetFileName(path), StringComparer.Ordinal)
        );
        return [.. selected.Value.Select(each => Find(each, file, folder, places))];
    }

    /// <summary>Compares the locked names and versions with what the files hold.</summary>
    /// <exception cref="InputException">One holds another project or version.</exception>
    public static void CheckContents(IReadOnlyList<Item> locked, IReadOnlyList<Distribution> found)
    {
        foreach (var item in locked)
        {
            var there = found.FirstOrDefault(each => each.Path == item.Path.TrimEnd('/'));
            if (there?.Name is not { } name)
                continue;
            if (name != item.Name)
                throw InputException.BadInput(
                    $"{item.Path}: wrong name: expected {item.Name} ({item.Place}), found {name}"
                );
            if (item.Version is { } version && there.Version is { } other && version != other)
                throw InputException.BadInput(
                    $"{item.Path}: wrong version of {name}: expected {version} ({item.Place}), found {other}"
                );
        }
    }

    private static ExtraName ExtraOf(string text) =>
        ExtraName.TryParse(text) is { Success: true } extra
            ? extra.Value
            : throw InputException.Usage($"--extra: '{text}' is not the name of an extra");

    private static Item Find(SelectedPackage selected, string file, string folder, Lazy<ILookup<string, string>> places)
    {
        var package = selected.Package;
        var place = $"{file}:{package.Line}";
        var shown = package.Version is { } version ? $"{package.Name} {version}" : package.Name.ToString();
        switch (selected.Source)
        {
            case LockedSource.Wheel { File: var wheel }:
                return Checked(package, shown, wheel, file, folder, places);
            case LockedSource.Sdist { File: var sdist }:
                return Checked(package, shown, sdist, file, folder, places);
            case LockedSource.Archive { File: var archive }:
                return Checked(package, shown, archive, file, folder, places);
            case LockedSource.Directory { Folder: var tree }:
                var path = Path.Combine(folder, tree.Path);
                return Directory.Exists(path)
                    ? new Item(
                        package.Name,
                        WithSubdirectory(path, tree.Subdirectory),
                        null,
                        package.Version,
                        place,
                        tree.Editable == true
                    )
                    : throw InputException.BadInput($"{file}:{package.Line}: {shown}: no such directory {path}");
            default:
                throw InputException.BadInput(
                    $"{file}:{package.Line}: {shown} is locked to a commit of a repository, not to a file",
                    "lock it to an archive of that commit"
                );
        }
    }

    private static Item Checked(
        LockedPackage package,
        string shown,
        LockedFile locked,
        string file,
        string folder,
        Lazy<ILookup<string, string>> places
    )
    {
        var place = $"{file}:{package.Line}";
        IEnumerable<string> candidates =
            PathOf(locked) is { } path && File.Exists(Path.Combine(folder, path))
                ? [Path.Combine(folder, path)]
                : places.Value[locked.FileName];
        var wrong = new List<InputException>();
        foreach (var candidate in candidates)
        {
            if (WrongContent(candidate, locked, place, shown, out var sha256) is not { } reason)
                return new Item(
                    package.Name,
                    WithSubdirectory(candidate, locked.Subdirectory),
                    sha256,
                    package.Version,
                    place
                );
            wrong.Add(reason);
        }
        throw wrong.FirstOrDefault()
            ?? InputException.BadInput(
                $"{place}: {shown}: {locked.FileName} is not there",
                "add its directory with -f"
            );
    }

    private static string? PathOf(LockedFile locked) =>
        locked.Path
        ?? (
            locked.Url is { } url && FileReference.TryParse(url) is { Success: true } reference
                ? reference.Value.LocalPath
                : null
        );

    /// <summary>What differs between a file and what is locked, or null; every digest of a known algorithm must
    /// agree.</summary>
    private static InputException? WrongContent(
        string path,
        LockedFile locked,
        string place,
        string shown,
        out string? sha256
    )
    {
        sha256 = null;
        var expected = locked.Hashes.Select(each => FileHash.Of(each.Key, each.Value)).OfType<FileHash>().ToList();
        if (expected.Count == 0)
            return InputException.BadInput(
                $"{place}: {shown} has no supported hash: {string.Join(", ", FileHash.AlgorithmNames)}"
            );
        IReadOnlyDictionary<HashKind, string> digests;
        long size;
        try
        {
            size = new FileInfo(path).Length;
            digests = FileDigests.Of(path, [HashKind.Sha256, .. expected.Select(each => each.Kind)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return InputException.Unreadable(path, exception);
        }
        foreach (var hash in expected)
        {
            if (digests[hash.Kind] != hash.Digest)
                return InputException.BadInput(
                    $"{path}: wrong {hash.Algorithm}: expected {hash.Digest} ({place}: {shown}), found "
                        + $"{digests[hash.Kind]}"
                );
        }
        if (locked.Size is { } bytes && bytes != size)
            return InputException.BadInput(
                $"{path}: wrong size: expected {bytes} bytes ({place}: {shown}), found {size}"
            );
        sha256 = digests[HashKind.Sha256];
        return null;
    }

    private static string WithSubdirectory(string path, string? subdirectory) =>
        new DistributionPath(path, subdirectory).ToString();
}
