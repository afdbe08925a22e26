using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.References;
using Resolver.Packaging.RequirementFiles;
using Resolver.Packaging.Requirements;

namespace Resolver.Application.Requirements;

/// <summary>A file, a folder or a URL that is requested without a name (<c>./x.whl</c>, <c>dir/[extra]</c>,
/// <c>file:///x.tar.gz</c>): which project it is, is read from the file itself.</summary>
internal static class UnnamedFile
{
    /// <summary>The requirement <c>NAME[EXTRAS] @ URL</c> that means the same, and the path as it was given; no path
    /// where the file is not on this disk.</summary>
    /// <param name="root">A target without a name.</param>
    /// <param name="read">Reads what lies at a path.</param>
    /// <exception cref="InputException">It cannot be read, is no project, or does not say which.</exception>
    public static (Requirement Requirement, string? Place) Name(
        RequestedRoot root,
        Func<string, IReadOnlyList<Distribution>> read
    )
    {
        switch (root.Target)
        {
            case RequirementTarget.Local local:
                var found = Find(root, local.Path, null, read);
                return (Named(found.RawName!, local.Extras, UrlOf(found), local.Marker), found.Path);
            case RequirementTarget.Link link when link.Reference.Value is { LocalPlace: { } place } reference:
                var held = Find(root, place, reference.Egg, read);
                var url = reference.LocalPath is ['/', ..] ? link.Url : UrlOf(held) + FragmentOf(reference);
                return (Named(held.RawName!, [.. link.Extras, .. reference.EggExtras], url, link.Marker), held.Path);
            case RequirementTarget.Link link:
                var remote = link.Reference.Value;
                var name =
                    remote.Egg?.ToString()
                    ?? (
                        WheelFileName.TryParse(remote.FileName) is { Success: true } wheel
                            ? wheel.Value.Name.ToString()
                            : null
                    )
                    ?? throw root.Wrong(
                        $"'{link.Url}' has no project name, and resolver downloads nothing to find it",
                        "write it as 'NAME @ URL', or give the path of the file on this disk"
                    );
                return (Named(name, [.. link.Extras, .. remote.EggExtras], link.Url, link.Marker), null);
            default:
                throw new InvalidOperationException("a target that has a name");
        }
    }

    /// <summary>Where a target without a name lies on this disk; null where it has a name, or lies
    /// elsewhere.</summary>
    public static string? PlaceOf(RequirementTarget target) =>
        target switch
        {
            RequirementTarget.Local local => Trimmed(local.Path),
            RequirementTarget.Link { Reference.Value.LocalPlace: { } place } => Trimmed(place),
            _ => null,
        };

    private static string Trimmed(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    private static Distribution Find(
        RequestedRoot root,
        string path,
        PackageName? egg,
        Func<string, IReadOnlyList<Distribution>> read
    )
    {
        var place = Trimmed(path);
        var distribution =
            read(place).FirstOrDefault(each => each.Path == place)
            ?? throw root.Wrong(
                $"{path} is not a project: it has no pyproject.toml, setup.py or setup.cfg",
                "to order the files in a folder: resolver order PATH..."
            );
        if (distribution.Name is not { } name)
            throw InputException.BadInput(
                distribution.Problems.OrderByDescending(each => each.Fatal).FirstOrDefault()?.Message
                    ?? $"{path} does not say which project it is",
                "name it: 'NAME @ file:///PATH'"
            );
        return egg is null || egg == name
            ? distribution
            : throw References.OtherProject(root.Target.ToString()!, place, distribution, egg.Value);
    }

    private static Requirement Named(string name, IReadOnlyList<ExtraName> extras, string url, Marker? marker) =>
        Requirement.Parse(
            $"{name}{(extras.Count == 0 ? "" : $"[{string.Join(',', extras)}]")} @ "
                + $"{url}{(marker is null ? "" : $" ; {marker.ToReadableText()}")}"
        );

    private static string UrlOf(Distribution distribution)
    {
        var (file, subdirectory) = DistributionPath.Parse(distribution.Path!);
        return FileReference.UrlOf(Path.GetFullPath(file), subdirectory);
    }

    private static string FragmentOf(FileReference reference) =>
        reference.Hashes.Count == 0
            ? ""
            : (reference.Subdirectory is null ? "#" : "&") + string.Join('&', reference.Hashes);
}
