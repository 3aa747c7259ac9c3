package network.privateness.maven;

import network.privateness.reproducible.Problem;
import network.privateness.reproducible.oci.ImageName;
import network.privateness.reproducible.oci.OciLayout;

/** Names of images from the settings. */
final class ImageNames {

    private ImageNames() {}

    /** @throws Problem if the prefix or the tag makes no name that engines, registries and OCI layouts take */
    static ImageName of(String prefix, String image, String tag) {
        check("ness.prefix", prefix, image, "0");
        return check("ness.tag", prefix, image, tag);
    }

    private static ImageName check(String setting, String prefix, String image, String tag) {
        String value = setting.equals("ness.tag") ? tag : prefix;
        try {
            ImageName name = new ImageName(prefix + "/" + image, tag);
            OciLayout.checkRefName(name.toString());
            return name;
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    setting,
                    "\"" + value + "\" makes no image name: " + e.getMessage(),
                    "set it as -D" + setting + "=VALUE, such as " + (setting.equals("ness.tag") ? "1.0" : "nessnetwork"),
                    e);
        }
    }
}
