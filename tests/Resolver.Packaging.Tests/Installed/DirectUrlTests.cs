using CsCheck;
using Resolver.Packaging.Installed;

namespace Resolver.Packaging.Tests.Installed;

/// <summary>direct_url.json (PEP 610; direct URL data structure).</summary>
public sealed class DirectUrlTests
{
    private static readonly Gen<string> Text = Gen.Char["ab/:\"\\ é\n"].Array[0, 8].Select(c => new string(c));

    private static readonly Gen<DirectUrl> Any = Gen.Select(
            Text,
            Gen.Int[0, 2],
            Text,
            Text.Null(),
            Gen.Bool.Nullable(),
            Gen.Dictionary(Gen.OneOf("md5", "sha256"), Text)[0, 2]
        )
        .Select(
            (url, kind, id, more, flag, hashes) =>
                new DirectUrl(
                    url,
                    kind switch
                    {
                        0 => new DirectUrlSource.VersionControl("git", id, more),
                        1 => new DirectUrlSource.Archive(
                            [.. hashes.OrderBy(h => h.Key, StringComparer.Ordinal)],
                            hashes.Count > 0 && more is not null ? $"sha256={more}" : null
                        ),
                        _ => new DirectUrlSource.LocalDirectory(flag),
                    },
                    more
                )
        );

    [Fact]
    public void A_commit_is_read()
    {
        var direct = DirectUrl
            .TryParse(
                """{"url": "https://h/p.git", "vcs_info": {"vcs": "git", "requested_revision": "1.3", "commit_id": "79"}, "subdirectory": "s"}"""
            )
            .Value;

        Assert.Equal(
            new DirectUrl("https://h/p.git", new DirectUrlSource.VersionControl("git", "79", "1.3"), "s"),
            direct
        );
    }

    [Fact]
    public void An_archives_hashes_count_before_its_old_hash()
    {
        Assert.Equal(
            [new("md5", "c"), new("sha256", "b")],
            Hashes("""{"hash": "sha256=a", "hashes": {"SHA256": "b", "md5": "c"}}""")
        );
        Assert.Equal([new("sha256", "a")], Hashes("""{"hash": "sha256=a"}"""));
        Assert.Equal([], Hashes("{}"));

        static IReadOnlyList<KeyValuePair<string, string>> Hashes(string info) =>
            (
                (DirectUrlSource.Archive)DirectUrl.TryParse($$"""{"url": "u", "archive_info": {{info}}}""").Value.Source
            ).Hashes;
    }

    [Fact]
    public void A_folder_is_editable_only_where_it_says_so()
    {
        Assert.Equal(
            new DirectUrlSource.LocalDirectory(null),
            DirectUrl.TryParse("""{"url": "file:///x", "dir_info": {}}""").Value.Source
        );
        Assert.Equal(
            new DirectUrlSource.LocalDirectory(true),
            DirectUrl.TryParse("""{"url": "file:///x", "dir_info": {"editable": true}}""").Value.Source
        );
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("{", "what is no JSON")]
    [InlineData("[]", "an array")]
    [InlineData("""{"dir_info": {}}""", "no key 'url'")]
    [InlineData("""{"url": 1, "dir_info": {}}""", "a number under 'url'")]
    [InlineData("""{"url": "u"}""", "0 of 'vcs_info', 'archive_info', 'dir_info'")]
    [InlineData("""{"url": "u", "dir_info": {}, "archive_info": {}}""", "2 of 'vcs_info', 'archive_info', 'dir_info'")]
    [InlineData("""{"url": "u", "dir_info": 1}""", "a number under 'dir_info'")]
    [InlineData("""{"url": "u", "dir_info": {"editable": "yes"}}""", "a string under 'editable'")]
    [InlineData("""{"url": "u", "vcs_info": {"vcs": "git"}}""", "no key 'commit_id'")]
    [InlineData("""{"url": "u", "vcs_info": {"commit_id": "a"}}""", "no key 'vcs'")]
    [InlineData("""{"url": "u", "archive_info": {"hash": "a"}}""", "the hash 'a'")]
    [InlineData("""{"url": "u", "archive_info": {"hashes": {"a": 1}}}""", "a number under 'a'")]
    [InlineData("""{"url": "\ud800", "dir_info": {}}""", "a string that is not Unicode")]
    public void What_the_standard_forbids_is_an_error(string json, string found) =>
        Assert.Equal(found, DirectUrl.TryParse(json, "d").Error?.Found);

    [Theory]
    [InlineData("https://user:secret@h/p", "https://h/p")]
    [InlineData("https://token@h/p?q@r", "https://h/p?q@r")]
    [InlineData("https://${USER}:${PASS}@h/p", "https://${USER}:${PASS}@h/p")]
    [InlineData("https://${USER}:secret@h/p", "https://h/p")]
    [InlineData("ssh://git@h/p", "ssh://git@h/p")]
    [InlineData("https://h/p@1", "https://h/p@1")]
    [InlineData("file:///x@y", "file:///x@y")]
    [InlineData("no url", "no url")]
    public void Credentials_are_stripped_unless_they_are_no_secret(string url, string expected) =>
        Assert.Equal(expected, DirectUrl.StripCredentials(url));

    [Fact]
    public void Reading_what_was_written_and_writing_it_again_gives_the_same_text()
    {
        Any.Sample(
            direct =>
            {
                var read = DirectUrl.TryParse(direct.ToJson()).Value;

                Assert.Equal(direct.ToJson(), read.ToJson());
                Assert.Equal((direct.Url, direct.Subdirectory), (read.Url, read.Subdirectory));
                if (direct.Source is not DirectUrlSource.Archive)
                    Assert.Equal(direct.Source, read.Source);
            },
            iter: 2000
        );
    }

    [Fact]
    public void No_text_crashes_the_reader() =>
        DocumentFuzz.Run(
            [
                """{"url": "u", "archive_info": {"hash": "sha256=a", "hashes": {"sha256": "b"}}, "subdirectory": "s"}""",
                """{"url": "u", "vcs_info": {"vcs": "git", "commit_id": "a\u00e9"}}""",
            ],
            text => Assert.True(DirectUrl.TryParse(text) is { Success: true } or { Error: not null })
        );
}
