using System.Security.Cryptography;
using Resolver.Cli.Terminal;
using Resolver.Interpreters;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Inputs;

/// <summary>What an interpreter gets from a lock file (PEP 751), as files on this disk: at the path that is locked,
/// else by their name in the archive. Nothing is taken from a network.</summary>
internal static class LockedBatch
{
    /// <summary>A file or tree to install.</summary>
    /// <param name="Path">As a batch takes it.</param>
    /// <param name="Sha256">Of its content, which is the locked one; null for a tree.</param>
    internal sealed record Item(PackageName Name, string Path, string? Sha256);

    /// <summary>Finds them all, and compares their content with what is locked.</summary>
    /// <param name="file">The lock file's path, as given.</param>
    /// <param name="archive">Where files are looked for by name (<c>-f</c>).</param>
    /// <exception cref="CommandException">The lock is not for this interpreter, or a file is not there, or has other
    /// content.</exception>
    public static IReadOnlyList<Item> Of(
        PyLock locked,
        string file,
        Interpreter interpreter,
        IReadOnlyList<string> archive
    )
    {
        var selected = locked.Select(interpreter.Environment, interpreter.Tags);
        if (!selected.Success)
            throw CommandException.BadInput(selected.Error.ToString());
        var folder = Path.GetDirectoryName(file) is { Length: > 0 } named ? named : ".";
        var places = new Lazy<ILookup<string, string>>(() =>
            archive
                .Where(Directory.Exists)
                .SelectMany(each =>
                    Directory.EnumerateFiles(
                        each,
                        "*",
                        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }
                    )
                )
                .Order(StringComparer.Ordinal)
                .ToLookup(path => Path.GetFileName(path), StringComparer.Ordinal)
        );
        return [.. selected.Value.Select(each => Find(each, file, folder, places))];
    }

    private static Item Find(SelectedPackage selected, string file, string folder, Lazy<ILookup<string, string>> places)
    {
        var package = selected.Package;
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
                    ? new Item(package.Name, WithSubdirectory(path, tree.Subdirectory), null)
                    : throw CommandException.BadInput($"{file}:{package.Line}: {shown}: there is no folder {path}");
            default:
                throw CommandException.BadInput(
                    $"{file}:{package.Line}: {shown} is locked to a commit of a repository, which is not a file on this disk",
                    "lock it to an archive made from that commit"
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
        IEnumerable<string> candidates =
            locked.Path is { } path && File.Exists(Path.Combine(folder, path))
                ? [Path.Combine(folder, path)]
                : places.Value[locked.FileName];
        string? other = null;
        foreach (var candidate in candidates)
        {
            if (Sha256WhereLocked(candidate, locked, $"{file}:{package.Line}: {shown}") is { } sha256)
                return new Item(package.Name, WithSubdirectory(candidate, locked.Subdirectory), sha256);
            other ??= candidate;
        }
        throw other is not null
            ? CommandException.BadInput($"{other}: its content is not what {file}:{package.Line} locks for {shown}")
            : CommandException.BadInput(
                $"{file}:{package.Line}: {shown}: {locked.FileName} is not there",
                "name the folder it lies in with -f"
            );
    }

    // Every digest that can be computed must agree; a lock with none of these would be trusted in vain.
    private static string? Sha256WhereLocked(string path, LockedFile locked, string place)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Unreadable(path, exception);
        }
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        (string Algorithm, Func<string> Digest)[] known =
        [
            ("sha256", () => sha256),
            ("sha384", () => Convert.ToHexStringLower(SHA384.HashData(bytes))),
            ("sha512", () => Convert.ToHexStringLower(SHA512.HashData(bytes))),
        ];
        var judged = known.Where(each => locked.Hash(each.Algorithm) is not null).ToList();
        if (judged.Count == 0)
            throw CommandException.BadInput(
                $"{place} has no sha256, sha384 or sha512, and no other hash can be checked"
            );
        return judged.All(each => locked.Hash(each.Algorithm) == each.Digest()) ? sha256 : null;
    }

    private static string WithSubdirectory(string path, string? subdirectory) =>
        subdirectory is null ? path : $"{path}#subdirectory={subdirectory}";
}
