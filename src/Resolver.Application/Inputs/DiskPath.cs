using Resolver.Packaging.References;

namespace Resolver.Application.Inputs;

/// <summary>Paths of this disk as options take them: plain, or as <c>file:</c> URLs.</summary>
public static class DiskPath
{
    /// <summary>The path of a file or folder that was given as a path or as a <c>file:</c> URL.</summary>
    /// <param name="option">The option that it was given by, for messages.</param>
    /// <exception cref="InputException">The URL is malformed, or not one of this disk.</exception>
    public static string Of(string option, string text)
    {
        if (!FileReference.IsUrl(text))
            return text;
        var reference = FileReference.TryParse(text);
        if (!reference.Success)
            throw InputException.Usage($"{option} '{text}' is malformed: {reference.Error}");
        return reference.Value.LocalPath
            ?? throw InputException.Usage(
                $"{option} '{text}' is not on this disk, and resolver downloads nothing",
                "download it, and use its path"
            );
    }
}
